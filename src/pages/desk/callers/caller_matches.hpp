#pragma once
// Who may be calling: customers offered while staff write down a call.

#include "base/translatable.hpp"
#include "web/context.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pages::desk {

/// A customer to choose: somebody with or without an account, or an account that nobody has yet.
struct CallerMatch
{
    /// What the form's field "customer" takes: the account number, or the user name of somebody without an account.
    std::string key;
    std::string name;
    std::string number;
    std::string address;
    std::string phone;
    /// False for somebody whose sign-in is turned off: they see nothing of the request.
    bool can_sign_in = true;
    /// Their only account that was found, when it is deactivated: it is no choice.
    std::string deactivated_number = {};
};

/// templates/desk/caller_matches.html
struct CallerMatches
{
    /// Nothing was looked for.
    bool is_asked = false;
    std::vector<CallerMatch> found;
    bool has_more = false;
    /// Sentences about those who were found and cannot be chosen.
    std::vector<base::Text> not_to_choose = {};
    /// The one that was chosen without a script; empty for none.
    std::string chosen;
};

inline constexpr std::size_t most_callers = 5;
/// The customers that a phone number, a name, an account number or an address fits: those with an account first.
/// Nothing is looked for with fewer than three characters.
CallerMatches find_callers(db::Connection& db, std::string_view words);
/// The one that a button means by its key; nothing for any other text.
std::optional<CallerMatch> find_caller_match(db::Connection& db, std::string_view key);

/// The piece of the page that a script asks for while somebody types: `q` is what is typed.
http::Response offer_callers(web::Context& ctx);

} // namespace pages::desk
