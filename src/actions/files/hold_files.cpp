#include "actions/files/hold_files.hpp"

namespace actions {

HoldFiles hold_files(db::Transaction& tx, const base::Act& act, std::span<const attachments::StoredFile> files)
{
    HoldFiles held;
    held.ids = attachments::add_held_files(tx, act, files);
    held.let_go = attachments::remove_surplus_held_files(tx, act.visitor.user_id);
    return held;
}

std::vector<std::string> let_go_of_old_files(db::Transaction& tx, base::Time now)
{
    return attachments::remove_old_held_files(tx, now);
}

} // namespace actions
