#include "db/damage.hpp"

#include "base/log.hpp"

#include <string>

namespace db {

void DamageMark::set(std::string_view found) noexcept
{
    if (is_set_.exchange(true))
        return;
    // About the database and not the request that met it: operators watch for this line.
    const base::log::RequestScope no_request({});
    base::log::error(
        "the database is damaged; a server is not ready from now on: stop it, run gas-utility check, restore "
        "a backup. Met first: " +
        std::string(found));
}

} // namespace db
