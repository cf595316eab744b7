#pragma once
// A new email counts when its owner has shown to read it; until then the old one does.

#include "actions/change_user.hpp"
#include "actions/people/link_path.hpp"
#include "base/act.hpp"
#include "db/database.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace actions {

enum class ContactSaved : std::uint8_t
{
    Done,
    /// The phone is saved; a link to the new email follows in the background, whoever has it.
    LinkSent,
    /// Somebody changed the user after the form was made: nothing is written.
    Stale,
    /// The user asked for too many links within an hour: nothing is written.
    TooManyLinks
};
/// Save the act's visitor's own contact details. Where the site sends mail, a new email waits until it is confirmed
/// with the mailed link, in this language; elsewhere, and when it is removed, it counts at once. Throws NotFound.
ContactSaved change_own_contact(
    db::Transaction& tx, const base::Act& act, const Contact& contact, std::string_view language);

/// Answer those that wait: mail a link, or mail the user who has the email already that somebody tried. Returns how
/// many were looked at; fewer than `email_change_batch`: none is left.
inline constexpr std::size_t email_change_batch = 20;
std::size_t mail_email_links(db::Database& database, base::Time now, const LinkPath& path_of);
/// Send the link to the email that the act's visitor waits for once more; the one from before works no more. False when
/// there is none or when the visitor asked too often.
bool send_email_link_again(db::Transaction& tx, const base::Act& act, std::string_view language);
/// Keep the present email. False when no other one was waited for.
bool cancel_email_change(db::Transaction& tx, const base::Act& act);
/// Let the email count that the link was sent to: the act's visitor asked for it and reads its mail. The old address is
/// told. False when the link works no more for this visitor, also because somebody else has the email by now.
bool confirm_email(db::Transaction& tx, const base::Act& act, std::string_view token);

} // namespace actions
