#pragma once

#include "base/time.hpp"
#include "commands/import_django/report.hpp"
#include "commands/import_django/source/choices.hpp"
#include "commands/import_django/source/media.hpp"
#include "db/database.hpp"
#include "db/foreign.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace commands::import_django {

/// Told after each page: what is being taken over, how many rows of how many are done.
using Progress = std::function<void(std::string_view subject, std::int64_t done, std::int64_t total)>;

struct Source
{
    db::ForeignDatabase& database;
    const Media& media;
    const Choices& choices;
};

/// Takes everything over, in transactions of a few hundred rows. Killed at any moment and started again it goes on and
/// ends the same; started again later it adds what is new and follows what changed in the source alone. Throws Refused
/// for a database with other contents and a source that is no such site, before anything is written.
class Import
{
  public:
    struct Into
    {
        db::Database& database;
        storage::Store& store;
    };
    Import(const Source& source, Report& report, base::Time now, Progress progress)
        : source_(source), report_(report), now_(now), progress_(std::move(progress))
    {}

    void run(const Into& into);
    /// Only reports; `target` is null when there is no database yet. Nothing is written anywhere.
    void rehearse(db::ForeignDatabase* target);

  private:
    class Pass;

    Source source_;
    Report& report_;
    base::Time now_;
    Progress progress_;
};

} // namespace commands::import_django
