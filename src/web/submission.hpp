#pragma once

#include "db/connection.hpp"
#include "web/context.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace web {

/// A fresh value for a form's hidden field "submission".
std::string new_submission_key();

/// What makes two submissions the same: the visitor, the form's key, the path and every field and file. A double click, a
/// reload and a retry after a lost answer are the same; the form sent again after Back with another text is not.
/// Empty when the form carries no key.
std::string submission_fingerprint(const Context& ctx);

/// The result of the same submission carried out before; nothing when it is new. Call first in the transaction.
std::optional<std::int64_t> find_submission(db::Connection& db, std::string_view fingerprint);
/// Remembers the result in the same transaction; an empty fingerprint is not remembered.
void add_submission(db::Transaction& tx, std::string_view fingerprint, std::int64_t result, base::Time now);
/// Forgets those older than three days; returns how many.
std::int64_t remove_old_submissions(db::Transaction& tx, base::Time now);

} // namespace web
