#include "db/postgres/value.hpp"

#include <bit>
#include <charconv>
#include <cstddef>
#include <system_error>

namespace db {

namespace {

// From pg_type.dat; these numbers never change.
constexpr unsigned type_bool = 16;
constexpr unsigned type_int8 = 20;
constexpr unsigned type_int2 = 21;
constexpr unsigned type_int4 = 23;
constexpr unsigned type_oid = 26;
constexpr unsigned type_float8 = 701;
constexpr unsigned type_numeric = 1700;

std::uint64_t big_endian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char byte : bytes)
        number = number << 8U | static_cast<unsigned char>(byte);
    return number;
}

std::int16_t two_bytes(std::string_view bytes, std::size_t at)
{
    return static_cast<std::int16_t>(big_endian(bytes.substr(at, 2)));
}

// Digits to the base 10,000, the first one worth 10,000 to the power of the weight. Sums of whole numbers come so.
std::int64_t whole_part_of_numeric(std::string_view bytes)
{
    if (bytes.size() < 8)
        return 0;
    const int digits = two_bytes(bytes, 0);
    const int weight = two_bytes(bytes, 2);
    const bool is_negative = two_bytes(bytes, 4) == 0x4000;
    std::int64_t number = 0;
    for (int i = 0; i <= weight; ++i)
        number = number * 10'000 + (i < digits ? two_bytes(bytes, 8 + 2 * static_cast<std::size_t>(i)) : 0);
    return is_negative ? -number : number;
}

} // namespace

std::int64_t PostgresValue::integer() const
{
    switch (type) {
    case type_bool:
    case type_int8:
    case type_oid:
        return static_cast<std::int64_t>(big_endian(bytes));
    case type_int4:
        return static_cast<std::int32_t>(big_endian(bytes));
    case type_int2:
        return two_bytes(bytes, 0);
    case type_float8:
        return static_cast<std::int64_t>(std::bit_cast<double>(big_endian(bytes)));
    case type_numeric:
        return whole_part_of_numeric(bytes);
    default:
        break;
    }
    std::int64_t number = 0;
    std::from_chars(bytes.data(), bytes.data() + bytes.size(), number);
    return number;
}

bool PostgresValue::is_text() const
{
    switch (type) {
    case type_bool:
    case type_int8:
    case type_int4:
    case type_int2:
    case type_oid:
    case type_float8:
    case type_numeric:
        return false;
    default:
        return true;
    }
}

std::string PostgresValue::spelled() const
{
    return is_text() ? std::string(bytes) : std::to_string(integer());
}

} // namespace db
