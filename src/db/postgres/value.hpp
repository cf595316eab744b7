#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace db {

/// A value of a result in PostgreSQL's binary format, read as SQLite would give it.
struct PostgresValue
{
    /// The type's object id.
    unsigned type;
    std::string_view bytes;

    /// Read a number: whole numbers unchanged, booleans as 1 and 0, fractions cut off, text up to its first non-digit.
    std::int64_t integer() const;
    /// The bytes are the text: text, blobs and types that we do not know.
    bool is_text() const;
    /// Write numbers and booleans as text.
    std::string spelled() const;
};

} // namespace db
