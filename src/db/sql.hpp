#pragma once

#include "db/value.hpp"

#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace db {

/// A statement's text, written in the source: it can only be made from a literal, so visitors' text can never become
/// SQL. Parameters are $1, $2, … on both engines.
class Sql
{
  public:
    consteval Sql(const char* literal) : text_(literal) {}
    constexpr std::string_view text() const { return text_; }

  private:
    std::string_view text_;
};

/// Builds a statement from literals and bound values, for lists with optional filters. `where.add("AND status =
/// ").bind(status)` appends the text and the next $n.
class SqlBuilder
{
  public:
    SqlBuilder() = default;
    explicit SqlBuilder(Sql start) { add(start); }
    // Not copied: the values point into the kept texts.
    SqlBuilder(const SqlBuilder&) = delete;
    SqlBuilder& operator=(const SqlBuilder&) = delete;
    SqlBuilder(SqlBuilder&&) = default;
    SqlBuilder& operator=(SqlBuilder&&) = default;

    SqlBuilder& add(Sql literal)
    {
        text_ += literal.text();
        return *this;
    }
    /// Append the quoted name of a table or column, for what works on every table. Throws std::invalid_argument for an
    /// empty one and one with a zero byte.
    SqlBuilder& name(std::string_view identifier);
    /// Append the next parameter and keeps a copy of its text.
    SqlBuilder& bind(const Value& value);

    std::string_view text() const { return text_; }
    const std::vector<Value>& values() const { return values_; }

  private:
    std::string text_;
    std::vector<Value> values_;
    std::deque<std::string> kept_;
};

} // namespace db
