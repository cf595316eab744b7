#pragma once

#include "db/connection.hpp"

#include <cstdint>

namespace server {

/// What is done again and again by one node of the site at a time.
enum class SiteTask : std::int32_t
{
    Sweeping = 1,
    Indexing = 2
};

/// Takes the task until the end of the connection's transaction, also when the process or its connection dies; false
/// while another node has it. On SQLite there is one process and nobody to ask.
bool try_task(db::Connection& db, SiteTask task);

} // namespace server
