#pragma once

#include "db/sql.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace db {

/// The prepared statements of one connection, found by their text. Engine's statements are made by
/// `make(std::string_view sql)`, which returns a std::unique_ptr of them. Used by one thread at a time.
template <typename EngineStatement>
class StatementCache
{
  public:
    /// Return one that is not in use; makes one when there is none.
    template <typename Make>
    EngineStatement& get(Sql sql, const Make& make)
    {
        const auto known = by_literal_.find(sql.text().data());
        if (known != by_literal_.end())
            return free_copy(*known->second, sql.text(), make);
        Copies& copies = find_or_add(literals_, sql.text());
        by_literal_.emplace(sql.text().data(), &copies);
        return free_copy(copies, sql.text(), make);
    }
    template <typename Make>
    EngineStatement& get(const SqlBuilder& built, const Make& make)
    {
        if (built_.size() >= most_built_statements && !built_.contains(built.text()))
            drop_idle_built();
        return free_copy(find_or_add(built_, built.text()), built.text(), make);
    }

  private:
    // Texts put together at run time have few variants; beyond this many something is wrong and memory must not
    // follow.
    static constexpr std::size_t most_built_statements = 128;

    using Copies = std::vector<std::unique_ptr<EngineStatement>>;
    struct TextHash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
    };
    using ByText = std::unordered_map<std::string, Copies, TextHash, std::equal_to<>>;

    static Copies& find_or_add(ByText& statements, std::string_view sql)
    {
        const auto known = statements.find(sql);
        return known != statements.end() ? known->second : statements[std::string(sql)];
    }

    template <typename Make>
    static EngineStatement& free_copy(Copies& copies, std::string_view sql, const Make& make)
    {
        for (const auto& statement : copies) {
            if (!statement->in_use)
                return *statement;
        }
        return *copies.emplace_back(make(sql));
    }

    void drop_idle_built()
    {
        std::erase_if(built_, [](const auto& entry) {
            for (const auto& statement : entry.second) {
                if (statement->in_use)
                    return false;
            }
            return true;
        });
    }

    // A literal's address never changes its text, so most look-ups hash one pointer.
    std::unordered_map<const char*, Copies*> by_literal_;
    ByText literals_;
    ByText built_;
};

} // namespace db
