#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <string_view>

struct pg_result;

namespace db {

class DamageMark;

/// The connection is gone; what its open transaction did is undone by the server. Whether a COMMIT that was under way
/// was carried out is not known.
struct PostgresLost : base::Unavailable
{
    using base::Unavailable::Unavailable;
};

enum class PostgresRole : std::uint8_t
{
    Reader,
    Writer,
    /// For migrations: no transaction begun by itself, no timeouts.
    Exclusive
};

/// Throws for a failed result: PostgresLost when the server ended the connection, ConstraintViolation,
/// base::Unavailable for what passes by itself, Error for the rest. `damage` is told of damaged data.
[[noreturn]] void throw_postgres_error(
    const pg_result* result, std::string_view doing, PostgresRole role, DamageMark& damage);

/// The server takes no writes: a standby, perhaps a former primary.
bool is_read_only(const pg_result* result);

} // namespace db
