#pragma once
// A browser cannot go back to, or reload, the answer of a POST without sending the form again; answers for signed-in
// visitors are not in its cache either. So the page that refuses a form is kept and gets an address of its own.

#include "web/context.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace web {

/// Keep the page that refuses this visitor's form and redirect to it below `form_path`. Every other answer, also one to
/// a script, and one that cannot be kept at the moment, is returned as it is.
http::Response redirect_to_refused(Context& ctx, http::Response answer, const std::string& form_path);
/// The kept page that the address names; nothing when it names none of this visitor's.
std::optional<http::Response> find_refused(Context& ctx);
/// After a form was carried out, forget the refused page that it was sent from, as the browser names it: Back must not
/// show an old refusal.
void forget_refused(Context& ctx, std::string_view form_path);
/// Remove pages older than a day; returns how many.
std::int64_t remove_old_refused(db::Transaction& tx, base::Time now);

} // namespace web
