#include "commands/copy/files.hpp"

#include "attachments/attachment.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "storage/at_once.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>

namespace commands::copy {

namespace {

using attachments::Attachment;

constexpr std::int64_t files_at_once = 64;
constexpr std::size_t piece = std::size_t{64} << 10U;

std::vector<Attachment> attachments_after(db::Database& database, AttachmentId last)
{
    const db::ReadLease lease = database.read();
    return db::map_rows(lease->query(R"(
        SELECT a.id, a.service_request_id, a.name, a.size, a.sha256, a.stored_name, p.stored_name, p.size, p.sha256
          FROM service_attachment a LEFT JOIN service_attachment_preview p ON p.attachment_id = a.id
         WHERE a.id > $1 ORDER BY a.id LIMIT $2)",
                            last.value, files_at_once),
        [](const db::Row& row) {
            Attachment file{.id = row.id<AttachmentId>(0),
                .service_request_id = row.id<ServiceRequestId>(1),
                .name = row.string(2),
                .size = static_cast<std::uint64_t>(row.integer(3)),
                .sha256 = row.string(4),
                .stored_name = row.string(5)};
            if (!row.is_null(6))
                file.preview = attachments::StoredPreview{.stored_name = row.string(6),
                    .content_type = {},
                    .size = static_cast<std::uint64_t>(row.integer(7)),
                    .sha256 = row.string(8)};
            return file;
        });
}

/// Previews are files like any other: each follows its photo.
std::vector<Attachment> with_previews(const std::vector<Attachment>& photos)
{
    std::vector<Attachment> files;
    for (const Attachment& photo : photos) {
        files.push_back(photo);
        if (!photo.preview)
            continue;
        Attachment preview = photo;
        preview.name = "preview of " + photo.name;
        preview.size = photo.preview->size;
        preview.sha256 = photo.preview->sha256;
        preview.stored_name = photo.preview->stored_name;
        files.push_back(std::move(preview));
    }
    return files;
}

bool is_whole(const storage::Store& store, const Attachment& file)
{
    try {
        store.open(file.key());
        return true;
    } catch (const base::NotFound&) {
        return false;
    } catch (const storage::DamagedFile&) {
        return false;
    }
}

/// A failure leaves the temporary file to the sweeper.
void bring(const Attachment& file, const Stores& stores)
{
    const base::Descriptor bytes = stores.from.open(file.key());
    const std::filesystem::path temporary = stores.to.temporary_directory() / ("copied-" + base::random_token());
    const base::Descriptor copied = base::create_file(temporary);
    for (std::string part = base::read_some(bytes, piece); !part.empty(); part = base::read_some(bytes, piece))
        base::write_all(copied, part);
    stores.to.put(file.stored_name, temporary, file.sha256);
}

/// Counts of many threads.
class Work
{
  public:
    Work(const Stores& stores, CopiedFiles& copied) : stores_(stores), copied_(copied) {}

    void take(const Attachment& file)
    {
        if (is_whole(stores_.to, file))
            return add(file, false);
        if (!is_whole(stores_.from, file))
            return lose(file);
        bring(file, stores_);
        if (!is_whole(stores_.to, file))
            throw base::Unavailable(fmt::format("{} does not return what was stored", stores_.to.place()));
        add(file, true);
    }

  private:
    void add(const Attachment& file, bool is_moved)
    {
        const std::lock_guard lock(mutex_);
        ++copied_.whole;
        copied_.moved += is_moved ? 1 : 0;
        copied_.bytes += file.size;
    }
    void lose(const Attachment& file)
    {
        const std::lock_guard lock(mutex_);
        copied_.lost.push_back(fmt::format("attachment {} of service request {}, {}: {}", file.id.value,
            file.service_request_id.value, file.name, file.stored_name));
    }

    const Stores& stores_;
    CopiedFiles& copied_;
    std::mutex mutex_;
};

} // namespace

CopiedFiles copy_files(db::Database& database, const Stores& stores, const Progress& progress)
{
    const std::int64_t total = database.read()
                                   ->query(R"(
        SELECT (SELECT COUNT(*) FROM service_attachment) + (SELECT COUNT(*) FROM service_attachment_preview))")
                                   .integer();
    CopiedFiles copied;
    Work work(stores, copied);
    for (AttachmentId last{0};;) {
        const auto files = attachments_after(database, last);
        if (files.empty())
            break;
        const auto with = with_previews(files);
        storage::for_each_at_once(with.size(), [&](std::size_t i) { work.take(with[i]); });
        last = files.back().id;
        progress("attachments", copied.whole + static_cast<std::int64_t>(copied.lost.size()), total);
    }
    std::ranges::sort(copied.lost);
    return copied;
}

} // namespace commands::copy
