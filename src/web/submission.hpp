#pragma once

#include "db/connection.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace web {

/// A fresh value for a form's hidden field "submission".
std::string new_submission_key();

/// What makes two submissions the same: the visitor, the form's key, the path and every field and file. A double click,
/// a reload and a retry after a lost answer are the same; the form sent again after Back with another text is not.
/// Empty when the form carries no key.
std::string submission_fingerprint(const Context& ctx);

/// The result of the same submission carried out before; nothing when it is new. Call first in the transaction.
std::optional<std::int64_t> find_submission(db::Connection& db, std::string_view fingerprint);
/// Remembers the result in the same transaction; an empty fingerprint is not remembered.
void add_submission(db::Transaction& tx, std::string_view fingerprint, std::int64_t result, base::Time now);
/// Runs `work(tx)`, which returns an id, and remembers it; for a submission carried out before, returns that id
/// instead. The flag tells whether the work was done now. One transaction, durable on return.
template <typename Work>
auto submit_once(Context& ctx, Work&& work)
{
    using Id = std::invoke_result_t<Work, db::Transaction&>;
    const std::string fingerprint = submission_fingerprint(ctx);
    return ctx.write([&](db::Transaction& tx) {
        if (const auto before = find_submission(tx, fingerprint))
            return std::pair(Id{*before}, false);
        const Id added = work(tx);
        add_submission(tx, fingerprint, added.value, ctx.now());
        return std::pair(added, true);
    });
}
/// Forgets those older than three days; returns how many.
std::int64_t remove_old_submissions(db::Transaction& tx, base::Time now);

} // namespace web
