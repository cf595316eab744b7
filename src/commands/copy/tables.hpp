#pragma once

#include <array>
#include <span>
#include <string_view>

namespace commands::copy {

/// A table of a site and the columns of its primary key; the second is empty when one column is enough.
struct Table
{
    std::string_view name;
    std::array<std::string_view, 2> key;

    bool has_two_keys() const { return !key[1].empty(); }
    /// Numbers of its own, which PostgreSQL hands out from a sequence.
    bool has_identity() const { return key[0] == "id"; }
};

/// Every table whose rows are copied as they are, each after those it refers to.
std::span<const Table> copied_tables();
/// Tables that are made anew in the target (the list of migrations, the engine's own search index, whether the copy is
/// complete) or forgotten (the wrong passwords of the last minute).
std::span<const std::string_view> left_out_tables();

} // namespace commands::copy
