#pragma once

#include "db/connection.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace attachments {

/// A file of the store that a row names.
struct NamedFile
{
    std::string stored_name;
    std::string sha256;
    std::uint64_t size = 0;
    /// For people: "attachment 12 of service request 5, meter.jpg".
    std::string what;

    storage::FileKey key() const { return {.stored_name = stored_name, .sha256 = sha256, .size = size}; }
};

/// List all files that rows name: attachments, previews and held files. Works on databases of older versions, too.
std::vector<NamedFile> list_named_files(db::Connection& db);

} // namespace attachments
