#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <string_view>

struct pg_result;

namespace db {

class DamageMark;

/// The connection is broken; the server rolls back its open transaction. Whether a COMMIT that was being sent was
/// carried out is not known.
struct PostgresLost : base::Unavailable
{
    using base::Unavailable::Unavailable;
};

enum class PostgresRole : std::uint8_t
{
    Reader,
    Writer,
    /// For migrations: begins no transaction by itself, has no timeouts.
    Exclusive
};

/// Throw for a failed result: PostgresLost when the server ended the connection, ConstraintViolation, base::Unavailable
/// for errors that pass by themselves, Error for the rest. `damage` notes damaged data.
[[noreturn]] void throw_postgres_error(
    const pg_result* result, std::string_view doing, PostgresRole role, DamageMark& damage);

/// True when the server refused a write: it is a standby, perhaps a former primary.
bool is_read_only(const pg_result* result);

} // namespace db
