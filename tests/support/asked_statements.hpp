#pragma once

#include "db/database.hpp"

#include <cstddef>
#include <deque>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace support {

/// Remembers the statements that a reading function asks, and answers each with no rows: so a test asks the planner
/// about the product's own text. For statements that are one literal; those of a SqlBuilder have an add_…_sql().
class AskedStatements final : public db::Connection
{
  public:
    db::Engine engine() const override { return db::Engine::Sqlite; }

    /// SQLite's plans of all of them, one line a step.
    std::string plans(db::Database& database) const
    {
        std::string text;
        const auto lease = database.read();
        for (const Asked& each : asked_) {
            db::SqlBuilder sql("EXPLAIN QUERY PLAN ");
            sql.add(each.sql).add(" -- ");
            for (std::size_t i = 0; i < each.parameters; ++i)
                sql.bind(1);
            for (const db::Row row : lease->query(sql))
                text += row.string(3) + "\n";
        }
        return text;
    }

  private:
    class Asked final : public db::Statement
    {
      public:
        explicit Asked(db::Sql text) : sql(text) {}
        void bind(std::span<const db::Value> values, db::BoundText) override { parameters = values.size(); }
        bool step() override { return false; }
        void reset() noexcept override {}
        void apply(std::span<const db::Value> values) override { parameters = values.size(); }
        std::int64_t changes() const override { return 0; }
        bool is_null(int) const override { return true; }
        std::int64_t integer(int) const override { return 0; }
        std::string_view text(int) const override { return {}; }

        db::Sql sql;
        std::size_t parameters = 0;
    };

    db::Statement& prepare(db::Sql sql) override { return asked_.emplace_back(sql); }
    db::Statement& prepare(const db::SqlBuilder&) override { throw std::logic_error("use its add_…_sql()"); }
    void run_script(const std::string&) override { throw std::logic_error("not a reading function"); }
    std::int64_t insert(db::Sql, std::span<const db::Value>) override
    {
        throw std::logic_error("not a reading function");
    }

    std::deque<Asked> asked_;
};

/// The plans of what `ask(connection)` asks.
template <typename Ask>
std::string plans_of(db::Database& database, Ask&& ask)
{
    AskedStatements asked;
    ask(asked);
    return asked.plans(database);
}

} // namespace support
