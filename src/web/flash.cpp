#include "web/flash.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace web {

namespace {

using base::MessageId;

struct Entry
{
    std::string_view code;
    Flash::Kind kind;
    base::MessageId text;
};

constexpr std::array entries = {
    Entry{"signed-out", Flash::Kind::Ok, MessageId("You are signed out.")},
    Entry{"reset-asked", Flash::Kind::Ok,
        MessageId("Look into your mail. If we know this email or user name, a link is on its way. Nothing there after "
                  "5 minutes? Call us.")},
    Entry{"password-chosen", Flash::Kind::Ok,
        MessageId("Your new password is saved, and you are signed out everywhere. Sign in with it.")},
    Entry{"registration-asked", Flash::Kind::Ok,
        MessageId("Look into your mail: we sent you a link to finish. It works for 48 hours. Nothing there after 5 "
                  "minutes? Look among the spam, or call us.")},
    Entry{"registered", Flash::Kind::Ok, MessageId("Welcome. Your sign-in is ready.")},
    Entry{"registered-claim", Flash::Kind::Ok,
        MessageId("Welcome. Your sign-in is ready. If your account is not listed here, call us with a bill at hand. If "
                  "somebody has it already, we asked them to share it.")},
    Entry{"text-kept", Flash::Kind::Warning,
        MessageId("What you typed is back, but not sent yet. Check it and send it.")},
    Entry{"commented", Flash::Kind::Ok, MessageId("Comment sent.")},
    Entry{"commented-reopened", Flash::Kind::Ok, MessageId("Comment sent. Your request is open again.")},
    Entry{"commented-leak", Flash::Kind::Warning,
        MessageId("Comment sent. It does not send a crew. Do you smell gas? Go outside first. Then call.")},
    Entry{"leak-reopened", Flash::Kind::Danger,
        MessageId("Go outside now and call again. Your message does not send a crew.")},
    Entry{"address-added", Flash::Kind::Ok, MessageId("The address is saved. Say it when you call, too.")},
    Entry{"address-not-added", Flash::Kind::Warning,
        MessageId("This report has an address by now, or it is closed. Is something wrong? Call us.")},
    Entry{"replied", Flash::Kind::Ok, MessageId("Reply sent.")},
    Entry{"reply-unread", Flash::Kind::Warning, MessageId("Saved on the request. Nobody was told: call the customer.")},
    Entry{"noted", Flash::Kind::Ok, MessageId("Note saved. Only staff read it.")},
    Entry{"resolved-guest", Flash::Kind::Ok, MessageId("The request is resolved.")},
    Entry{"replied-resolved", Flash::Kind::Ok,
        MessageId("Reply sent, and the request is resolved. The customer sees it after signing in.")},
    Entry{"replied-resolved-mailed", Flash::Kind::Ok,
        MessageId("Reply sent, and the request is resolved. An email goes to the customer.")},
    Entry{"replied-resolved-unread", Flash::Kind::Warning,
        MessageId("Saved, and the request is resolved. Nobody was told: call the customer.")},
    Entry{"replied-resolved-guest", Flash::Kind::Ok, MessageId("Reply sent, and the request is resolved.")},
    Entry{"replied-reopened", Flash::Kind::Ok, MessageId("Reply sent, and the request is open again.")},
    Entry{"resolved", Flash::Kind::Ok, MessageId("The request is resolved. The customer sees it after signing in.")},
    Entry{"resolved-mailed", Flash::Kind::Ok, MessageId("The request is resolved. An email goes to the customer.")},
    Entry{"resolved-unread", Flash::Kind::Warning,
        MessageId("The request is resolved. Nobody was told: call the customer.")},
    Entry{"false-alarm", Flash::Kind::Ok,
        MessageId("The report is resolved as a false alarm. The customer sees it after signing in.")},
    Entry{"false-alarm-mailed", Flash::Kind::Ok,
        MessageId("The report is resolved as a false alarm. An email goes to the customer.")},
    Entry{"false-alarm-unread", Flash::Kind::Warning,
        MessageId("The report is resolved as a false alarm. Nobody was told: call the customer.")},
    Entry{"false-alarm-guest", Flash::Kind::Ok, MessageId("The report is resolved as a false alarm.")},
    Entry{"replied-false-alarm", Flash::Kind::Ok,
        MessageId("Reply sent, and the report is resolved as a false alarm. The customer sees it after signing in.")},
    Entry{"replied-false-alarm-mailed", Flash::Kind::Ok,
        MessageId("Reply sent, and the report is resolved as a false alarm. An email goes to the customer.")},
    Entry{"replied-false-alarm-unread", Flash::Kind::Warning,
        MessageId("Saved, and the report is resolved as a false alarm. Nobody was told: call the customer.")},
    Entry{"replied-false-alarm-guest", Flash::Kind::Ok,
        MessageId("Reply sent, and the report is resolved as a false alarm.")},
    Entry{"reopened", Flash::Kind::Ok, MessageId("The request is open again.")},
    Entry{"unchanged", Flash::Kind::Warning, MessageId("The request already had this status. Nothing was changed.")},
    Entry{"taken", Flash::Kind::Ok, MessageId("You have it. Everybody at the desk sees that.")},
    Entry{"taken-over", Flash::Kind::Ok, MessageId("You have it now. Everybody at the desk sees that.")},
    Entry{"address-corrected", Flash::Kind::Ok, MessageId("The address is corrected.")},
    Entry{"given-back", Flash::Kind::Ok, MessageId("Nobody has it now. It rings again for everybody.")},
    Entry{"not-yours", Flash::Kind::Warning, MessageId("You don’t have this one any more. Nothing was changed.")},
    Entry{"taken-by-other", Flash::Kind::Warning,
        MessageId("Somebody else already has this one; the name is below. Nothing else to do.")},
    Entry{"taken-too-late", Flash::Kind::Warning,
        MessageId("There is nothing to take: it is resolved or not an emergency.")},
    Entry{"link-withdrawn", Flash::Kind::Ok, MessageId("The private link is withdrawn. Nobody can open it any more.")},
    Entry{"link-gone", Flash::Kind::Warning,
        MessageId("There is no private link to withdraw any more. Nothing was changed.")},
    Entry{"false-alarm-none", Flash::Kind::Warning,
        MessageId("Nothing was changed: these reports are already resolved.")},
    Entry{"call-saved", Flash::Kind::Ok, MessageId("Saved. Read the caller the reference at the top of this page.")},
    Entry{"contact-saved", Flash::Kind::Ok, MessageId("Contact details saved.")},
    Entry{"choices-saved", Flash::Kind::Ok, MessageId("Your choices are saved.")},
    Entry{"email-link-sent", Flash::Kind::Ok,
        MessageId("Saved. Look into the mail of your new email: we send you a link to confirm it.")},
    Entry{"email-link-not-sent", Flash::Kind::Warning,
        MessageId("No link was sent: you asked for many within an hour, or no email waits any more.")},
    Entry{"email-confirmed", Flash::Kind::Ok, MessageId("Your new email is confirmed. We write to it from now on.")},
    Entry{"email-kept", Flash::Kind::Ok, MessageId("Your email stays as it is.")},
    Entry{"email-not-waiting", Flash::Kind::Warning, MessageId("No new email was waiting. Nothing was changed.")},
    Entry{"profile-closed", Flash::Kind::Ok, MessageId("Your profile is closed. Thank you for having been with us.")},
    Entry{"password-saved", Flash::Kind::Ok, MessageId("Your new password is saved. Other devices are signed out.")},
    Entry{"session-ended", Flash::Kind::Ok, MessageId("That device is signed out.")},
    Entry{"session-over", Flash::Kind::Ok,
        MessageId("That device is signed out already. The list shows where you are signed in now.")},
    Entry{"sessions-ended", Flash::Kind::Ok, MessageId("All other devices are signed out.")},
    Entry{
        "factor-off", Flash::Kind::Warning, MessageId("The second step is off. You sign in with your password alone.")},
    Entry{"factor-off-password", Flash::Kind::Warning,
        MessageId("The second step is off, and your new password is saved. You sign in with that alone.")},
    Entry{"codes-none", Flash::Kind::Warning,
        MessageId("The second step is off, so there are no recovery codes. Nothing was changed.")},
    Entry{"codes-gone", Flash::Kind::Warning,
        MessageId("Your recovery codes are not shown any more. Did you not save them? Make new ones.")},
    Entry{"recovery-code-last", Flash::Kind::Warning,
        MessageId("You signed in with your last recovery code. Make new ones under Account, Security.")},
    Entry{"factor-reset", Flash::Kind::Ok,
        MessageId("The second step is reset. The user signs in with the password alone and was notified.")},
    Entry{"factor-none", Flash::Kind::Warning, MessageId("This user has no second step. Nothing was changed.")},
    Entry{"claim-sent", Flash::Kind::Ok,
        MessageId("If the number and the ZIP code fit, the account is listed here once the person who has it agrees. "
                  "No answer after some days? Ask that person yourself, or call us with a bill at hand.")},
    Entry{"sharing-on", Flash::Kind::Ok, MessageId("Everybody of this household sees your requests of this account.")},
    Entry{"sharing-off", Flash::Kind::Ok, MessageId("Only you and our staff see your requests of this account.")},
    Entry{"sharing-over", Flash::Kind::Warning,
        MessageId("This account is not on your profile any more. Nothing was changed.")},
    Entry{"ask-accepted", Flash::Kind::Ok, MessageId("You share the account now.")},
    Entry{"household-left", Flash::Kind::Ok, MessageId("You do not share the account with that person any more.")},
    Entry{"ask-declined", Flash::Kind::Ok, MessageId("Declined. Nothing changes for your account.")},
    Entry{"ask-over", Flash::Kind::Warning, MessageId("This was answered or has ended. Nothing was changed.")},
    Entry{"ask-ended", Flash::Kind::Ok, MessageId("The ask is ended.")},
    Entry{"all-read", Flash::Kind::Ok, MessageId("All notifications are marked as read.")},
    Entry{"user-saved", Flash::Kind::Ok, MessageId("User saved.")},
    Entry{"user-unlocked", Flash::Kind::Ok, MessageId("New devices can sign in again.")},
    Entry{"mailed-again", Flash::Kind::Ok, MessageId("The email is sent again in a moment.")},
    Entry{"not-mailed-again", Flash::Kind::Warning,
        MessageId("This email waits already, or it held a link that works only once. Nothing was changed.")},
    Entry{"mail-gone", Flash::Kind::Warning, MessageId("This email is not in the list any more. Nothing was changed.")},
    Entry{"account-saved", Flash::Kind::Ok, MessageId("Account saved.")},
    Entry{"account-linked", Flash::Kind::Ok, MessageId("The account is linked.")},
    Entry{
        "account-linked-before", Flash::Kind::Warning, MessageId("This user was linked already. Nothing was changed.")},
    Entry{"account-not-linked", Flash::Kind::Warning,
        MessageId("This user was not linked to the account. Nothing was changed.")},
    Entry{"account-unlinked", Flash::Kind::Ok, MessageId("The account is no longer linked.")},
};

/// Codes with a number behind a dot: "false-alarms.7".
struct Counted
{
    std::string_view code;
    Flash::Kind kind;
    base::MessageId one;
    base::MessageId many;
};

constexpr std::array counted_entries = {
    Counted{"taken-but", Flash::Kind::Warning,
        MessageId("You have what the page showed. 1 more came in meanwhile and still rings: it is in the red bar."),
        MessageId("You have what the page showed. {n} more came in meanwhile and still ring: they are in the red "
                  "bar.")},
    Counted{"recovery-code-used", Flash::Kind::Warning,
        MessageId("You signed in with a recovery code. 1 is left. Lost your phone? Set up a new one under Account, "
                  "Security."),
        MessageId("You signed in with a recovery code. {n} are left. Lost your phone? Set up a new one under Account, "
                  "Security.")},
    Counted{"signed-out-kept", Flash::Kind::Ok,
        MessageId("You are signed out. 1 text not sent yet is kept for you: sign in again to find it."),
        MessageId("You are signed out. {n} texts not sent yet are kept for you: sign in again to find them.")},
    Counted{"signed-out-rings", Flash::Kind::Warning,
        MessageId("You are signed out. The leak that you had rings again for everybody."),
        MessageId("You are signed out. The {n} leaks that you had ring again for everybody.")},
    Counted{"signed-out-kept-rings", Flash::Kind::Warning,
        MessageId("You are signed out. What you typed is kept for you. The leak that you had rings again for "
                  "everybody."),
        MessageId("You are signed out. What you typed is kept for you. The {n} leaks that you had ring again for "
                  "everybody.")},
    Counted{"false-alarms", Flash::Kind::Ok,
        MessageId(
            "1 report is resolved as a false alarm. Any that came in after you looked, has an unread message or is in "
            "a colleague’s hands is still open."),
        MessageId(
            "{n} reports are resolved as false alarms. Any that came in after you looked, have an unread message or "
            "are in a colleague’s hands are still open.")},
    Counted{"reports-resolved", Flash::Kind::Ok,
        MessageId("1 report is resolved. Any that came in after you looked, has an unread message or is in a "
                  "colleague’s hands is still open."),
        MessageId("{n} reports are resolved. Any that came in after you looked, have an unread message or are in a "
                  "colleague’s hands are still open.")},
};

std::optional<Flash> counted_flash_of(std::string_view code)
{
    const auto dot = std::min(code.find('.'), code.size());
    const std::int64_t count = base::parse_integer(code.substr(std::min(dot + 1, code.size()))).value_or(0);
    const auto found = std::find_if(counted_entries.begin(), counted_entries.end(),
        [&](const Counted& entry) { return entry.code == code.substr(0, dot); });
    if (count < 1 || found == counted_entries.end())
        return std::nullopt;
    return Flash{found->kind, base::Text::plural(found->one, found->many, static_cast<std::uint64_t>(count))};
}

} // namespace

std::optional<Flash> flash_of(std::string_view code)
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.code == code; });
    if (found == entries.end())
        return counted_flash_of(code);
    return Flash{found->kind, base::Text(found->text)};
}

} // namespace web
