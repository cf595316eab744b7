#pragma once
// actions/files/ holds the verbs about files that belong to no service request yet.

#include "attachments/held_file.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"

#include <span>
#include <string>
#include <vector>

namespace actions {

struct HoldFiles
{
    /// In order of the files.
    std::vector<std::int64_t> ids;
    /// Stored names of the user's older files that no longer wait: discard them when the transaction is durable.
    std::vector<std::string> let_go;
};

/// Hold files that are already in the store, until the visitor sends their form again.
HoldFiles hold_files(db::Transaction& tx, const base::Act& act, std::span<const attachments::StoredFile> files);
/// Forget files whose form was never sent again; returns their stored names, to be discarded when the transaction is
/// durable.
std::vector<std::string> let_go_of_old_files(db::Transaction& tx, base::Time now);

} // namespace actions
