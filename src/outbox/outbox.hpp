#pragma once
// outbox/ holds mail: a row for each one to each person, written in the transaction of what it tells of. It knows
// neither words nor servers: jobs/ makes a mail of a row and hands it to a server, and the row says what came of it.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"
#include "outbox/kind.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using MailId = base::Id<struct MailTag>;

namespace outbox {

struct Mail
{
    Kind kind = Kind::RequestReceived;
    /// Where it goes; empty: the email that `to_user` has now.
    std::string to_address = {};
    UserId to_user = {};
    ServiceRequestId service_request = {};
    /// The public comment that it shows. What is not public is never shown, whatever is named here.
    CommentId comment = {};
    /// The occasion whose mail the user may switch off or have later (notifications/choice.hpp); empty: it is sent at
    /// once, whatever they chose.
    std::string_view occasion = {};
    /// A BCP 47 tag; empty: the one that the user chose for the pages. Without a choice it is `form_language`, else
    /// that of the leak report or of an earlier mail about the same service request, else the site's first.
    std::string language = {};
    /// The tag of the form that caused the mail, when the reader filled it in.
    std::string form_language = {};
    /// What only this mail may say; kind.hpp says for which kinds. Removed from the row once the mail was accepted or
    /// given up.
    std::string secret = {};
    /// Makes it one mail for each cause and recipient; empty: made from the kind, the service request and the comment,
    /// or without a service request from the kind, the user and the moment.
    std::string cause = {};
};

/// The secret of a mail about an account: the end of its number, and a person.
std::string account_secret(std::string_view number, std::string_view person);
/// Queue a mail; nothing when the site sends none, when an active user has no email or switched off mail of the
/// occasion, or when one of the same cause to the same address was queued before.
void add_mail(db::Transaction& tx, const Mail& mail, base::Time at);
/// Queue a mail to the customer of its service request, who must be an active customer with an email and not the one
/// who acts. About an emergency it is sent whatever they chose.
void add_mail_to_customer(db::Transaction& tx, const base::Act& act, Mail mail);
/// Queue a mail to those of the staff who took part in its service request and asked for mail of its occasion, without
/// the one who acts; with `to_user` to that one of them alone.
void add_mail_to_participants(db::Transaction& tx, const base::Act& act, const Mail& mail);
/// Queue a mail once more that was accepted or given up, to this address: a mail of its own, beside which the first one
/// says what came of it. False when it waits, was sent there again already, or when there is none.
bool add_mail_again(db::Transaction& tx, MailId id, std::string_view to_address, base::Time at);
/// True when the site sends mail.
bool is_on(db::Connection& db);
/// Say whether the site sends mail, for all nodes and commands.
void set_switch(db::Transaction& tx, bool is_on);

/// A claimed mail, to be sent now.
struct Claimed
{
    MailId id;
    /// Nothing for a kind that this version does not know.
    std::optional<Kind> kind;
    std::string to_address;
    UserId user;
    ServiceRequestId service_request;
    CommentId comment;
    std::string language;
    std::string secret;
    base::Time created_at{};
    base::Time queued_at{};
    std::int64_t attempts = 0;
    /// As in Mail.
    std::string occasion;
};
/// How many mails are to be sent now that nobody has claimed, `most` at most.
std::size_t count_due(db::Connection& db, base::Time at, std::size_t most);
/// Claim at most `limit` mails that are due until `until`: nobody else sends them meanwhile. The urgent ones go first
/// (those of no occasion), then those that are due the longest.
std::vector<Claimed> add_claims(db::Transaction& tx, std::size_t limit, base::Time at, base::Time until);
/// True when an urgent mail is to be sent now that nobody has claimed.
bool is_urgent_due(db::Connection& db, base::Time at);
/// End the claims of processes that are gone. On SQLite before this process claims the first: there is no other.
void end_claims(db::Transaction& tx, base::Time at);
/// Let others send a claimed mail that was not tried.
void end_claim(db::Transaction& tx, MailId id);

/// Let a claimed mail wait until `due`. It is as if it was queued then.
void put_off(db::Transaction& tx, MailId id, base::Time due);
/// Let the daily mail of its user at `due` tell what a claimed mail says; add that one if it is the first. False when
/// that one is on its way already.
bool add_to_digest(db::Transaction& tx, const Claimed& mail, base::Time due, base::Time at);
/// What a daily mail tells, in its order.
std::vector<Claimed> list_digest(db::Connection& db, MailId digest);
/// The user chose anew: remove what waits and is not wanted any more, and let everything else that was put off be due,
/// so that it is asked again when. What is being sent stays as it is.
void end_putting_off(db::Transaction& tx, UserId user, base::Time at);

/// What a server said, or why none did.
struct Answer
{
    std::string server;
    std::string text;
};
/// A server took it, and with a daily mail all that it tells. The secret goes.
void note_accepted(db::Transaction& tx, MailId id, const Answer& answer, base::Time at);
/// It will not be tried any more, nor what it tells. The secret goes.
void note_given_up(db::Transaction& tx, MailId id, const Answer& answer, base::Time at);
enum class Counts : std::uint8_t
{
    /// The mail was refused for now.
    Attempt,
    /// The server was not there for any mail.
    Nothing
};
struct Later
{
    base::Time due{};
    Counts counts = Counts::Attempt;
};
/// It is tried again.
void note_later(db::Transaction& tx, MailId id, const Answer& answer, const Later& later);

/// When a mail is tried again that was refused for now for the `attempts`-th time: after 1, 5, 15 and 60 minutes, then
/// less and less often.
base::Time next_attempt(base::Time at, std::int64_t attempts);
/// So long a mail is tried.
inline constexpr std::chrono::hours longest_tried{72};
/// So long it is kept once it was accepted or given up.
inline constexpr std::chrono::hours longest_kept{24 * 90};
/// Remove at most `limit` of those that were kept long enough. Returns how many.
std::int64_t remove_old_mail(db::Transaction& tx, base::Time at, std::int64_t limit);

} // namespace outbox
