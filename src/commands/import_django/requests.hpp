#pragma once

#include "commands/import_django/noun.hpp"
#include "commands/import_django/source/types.hpp"

namespace commands::import_django {

/// Service requests under their own numbers, with type, status and times; their history is derived later.
class Requests final : public Noun
{
  public:
    Requests(const Setting& setting, Types& types) : Noun(setting), types_(types) {}

    std::string_view subject() const override { return request_subject; }
    const SourceTable& table() const override { return layout().requests; }
    std::int64_t add(const Target& target, const SourceRow& row) override;
    std::optional<std::int64_t> update(const Target& target, const SourceRow& row, const Known& known) override;

  private:
    struct Fields;
    struct Home;
    Fields fields_of(const Target& target, const SourceRow& row) const;
    void read_status(const SourceRow& row, Fields& fields) const;
    Home home_of(const Target& target, const SourceRow& row, const Fields& fields) const;
    void insert(db::Transaction& tx, std::int64_t id, const Fields& fields, const Home& home) const;

    Types& types_;
};

} // namespace commands::import_django
