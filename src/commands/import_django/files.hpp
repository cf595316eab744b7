#pragma once

#include "attachments/attachment.hpp"
#include "commands/import_django/noun.hpp"
#include "commands/import_django/source/media.hpp"
#include "storage/file_type.hpp"
#include "storage/store.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace commands::import_django {

/// The files of service requests: copied into the store before the transaction that names them.
class Files final : public Noun
{
  public:
    /// The store is null in a dry run.
    Files(const Setting& setting, const Media& media, storage::Store* store)
        : Noun(setting), media_(media), store_(store)
    {}

    /// Copies the files of the rows that are not taken over yet; afterwards add() names them.
    void prepare(const Target& target, const std::vector<SourceRow>& page);
    /// The transaction that named them is durable.
    void settle() { copied_.clear(); }
    /// Reports the files that no row of the pages so far named.
    void report_orphans();

    std::string_view subject() const override { return attachment_subject; }
    const SourceTable& table() const override { return layout().attachments; }
    std::int64_t digest(const SourceRow& row) const override;
    std::int64_t add(const Target& target, const SourceRow& row) override;
    /// Another file in the place of the one taken over is added beside it.
    std::optional<std::int64_t> update(const Target& target, const SourceRow& row, const Known& known) override;
    std::int64_t first_version() const override { return 0; }

  private:
    std::int64_t request_of(const Target& target, const SourceRow& row) const;
    std::optional<attachments::StoredFile> copy(const SourceRow& row);
    void name_and_type(const SourceRow& row, const std::filesystem::path& content, attachments::StoredFile& file);

    const Media& media_;
    storage::Store* store_;
    storage::TypeDetector detector_;
    std::map<std::int64_t, attachments::StoredFile> copied_;
    /// Digests of the names that rows have: eight bytes each, for there may be millions.
    std::vector<std::int64_t> named_;
};

/// A name to download a file of a type that no form takes under: as clean_name() makes it, with its own extension when
/// that one is harmless, otherwise ".bin".
std::string download_name(std::string_view name);

} // namespace commands::import_django
