#pragma once

#include "commands/import_django/ledger.hpp"
#include "commands/import_django/report.hpp"
#include "commands/import_django/source/choices.hpp"
#include "commands/import_django/source/layout.hpp"

#include <string_view>

namespace commands::import_django {

/// What every noun's import works with; outlives them all.
struct Setting
{
    const Layout& layout;
    Report& report;
    const Choices& choices;
    base::Time now{};
};

/// One kind of row: how it is added here, and how a change in the source since the last run is followed. In a dry run
/// both only report.
class Noun
{
  public:
    explicit Noun(const Setting& setting) : setting_(setting) {}
    Noun(const Noun&) = delete;
    Noun& operator=(const Noun&) = delete;
    virtual ~Noun() = default;

    virtual std::string_view subject() const = 0;
    virtual const SourceTable& table() const = 0;
    /// The values whose change in the source is noticed.
    virtual std::int64_t digest(const SourceRow& row) const { return row.digest(); }
    /// Adds the row; zero when it was skipped, which is reported. In a dry run the row's id in the source.
    virtual std::int64_t add(const Target& target, const SourceRow& row) = 0;
    /// Follows the source unless the row was changed here since; returns the row's version now, nothing when ours
    /// stays.
    virtual std::optional<std::int64_t> update(const Target& target, const SourceRow& row, const Known& known) = 0;

    /// What add() gave the row as its version.
    virtual std::int64_t first_version() const { return 1; }

  protected:
    Report& report() const { return setting_.report; }
    const Layout& layout() const { return setting_.layout; }
    const Choices& choices() const { return setting_.choices; }
    base::Time now() const { return setting_.now; }
    Place place(const SourceRow& row, std::string_view field = {}) const { return {subject(), row.id, field}; }

    /// The text, storable and reported when that changes it.
    std::string text(const SourceRow& row, std::size_t field, std::string_view name) const;
    /// The time; reported when it is rounded. Nothing for NULL and, reported, for what is no time. Throws Refused for
    /// one without a zone when nobody chose one.
    std::optional<base::Time> time(const SourceRow& row, std::size_t field, std::string_view name) const;
    /// The id here of the row that a reference points to; zero for NULL and for one that is not there.
    std::int64_t resolve(const Target& target, std::string_view other, const SourceRow& row, std::size_t field) const;

  private:
    const Setting& setting_;
};

/// Takes one row of a noun: adds it, follows it or leaves it.
void take_row(Noun& noun, const Target& target, const SourceRow& row, Report& report);

} // namespace commands::import_django
