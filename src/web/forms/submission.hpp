#pragma once

#include "base/error.hpp"
#include "db/database.hpp"
#include "web/context.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace web {

/// A fresh value for a form's hidden field "submission".
std::string new_submission_key();

/// Make the fingerprint of a submission from the visitor, the form's key, the path and every field and file. A double
/// click, a reload and a retry after a lost answer have the same one; the form sent again after Back with another text
/// has not. Empty when the form has no key.
std::string submission_fingerprint(const Context& ctx);
/// Make the fingerprint in two steps, for a form whose sender is known only after signing in again: from what was sent
/// (empty without a key), then with the sender.
std::string submission_content(const http::Request& request);
std::string submission_fingerprint(UserId by, std::string_view content);

/// Find the result of the same submission carried out before; nothing when it is new. For work that must not be tried
/// twice: call this first in the transaction.
std::optional<std::int64_t> find_submission(db::Connection& db, std::string_view fingerprint);
/// Remember the result in the same transaction; an empty fingerprint is not remembered.
void add_submission(db::Transaction& tx, std::string_view fingerprint, std::int64_t result, base::Time now);
/// Wait a short while for the result of a submission, after a commit without an answer or one that lost against the
/// same submission sent twice. Nothing when no result appears, which after an unknown commit proves nothing.
std::optional<std::int64_t> await_submission(
    Context& ctx, std::string_view fingerprint, std::chrono::milliseconds most);
/// When a submission that was found after a failed write was carried out.
enum class Carried : std::uint8_t
{
    /// By the write whose answer never came.
    Now,
    /// By another one of the same submission.
    Before
};
/// Run `write()`, a transaction that remembers the submission, and return its result. When it is not certain whether it
/// was committed, or when the same submission sent twice was faster, look for the result and return `found(id,
/// carried)`. Throws what write() threw when there is no result; after db::CommitUnknown the same form sent again finds
/// or makes exactly one.
template <typename Write, typename Found>
auto settle_write(Context& ctx, std::string_view fingerprint, Write&& write, Found&& found)
{
    try {
        return write();
    } catch (const db::CommitUnknown&) {
        const auto made = await_submission(ctx, fingerprint, std::chrono::seconds(3));
        if (!made)
            throw;
        return found(*made, Carried::Now);
    } catch (const db::ConstraintViolation&) {
        const auto made = await_submission(ctx, fingerprint, std::chrono::seconds(0));
        if (!made)
            throw;
        return found(*made, Carried::Before);
    }
}
/// Run `work(tx)`, which only adds rows and returns an id, and remember the id; for a submission carried out before,
/// roll back and return the earlier id instead. The flag says whether the work was done now. One transaction, durable
/// on return. It does not check first: few forms are sent twice, and every form would pay for the check. Throws like
/// settle_write().
template <typename Work>
auto submit_once(Context& ctx, Work&& work)
{
    using Id = std::invoke_result_t<Work, db::Transaction&>;
    const std::string fingerprint = submission_fingerprint(ctx);
    const auto carry_out = [&](db::Transaction& tx) {
        const Id added = work(tx);
        add_submission(tx, fingerprint, added.value, ctx.now());
        return std::pair(added, true);
    };
    return settle_write(
        ctx, fingerprint, [&] { return ctx.write(carry_out); },
        [](std::int64_t id, Carried carried) { return std::pair(Id{id}, carried == Carried::Now); });
}
/// Log why a form could not be saved at the moment; the visitor gets the form again with the text kept.
void log_unsaved(std::string_view form, const base::Unavailable& error);
/// Remove submissions older than three days; returns how many.
std::int64_t remove_old_submissions(db::Transaction& tx, base::Time now);

} // namespace web
