#include "commands/import_django/files.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "search/words.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace commands::import_django {

namespace {

namespace field = attachment_field;

constexpr std::size_t piece = 256 * 1024;
constexpr std::string_view unknown_type = "application/octet-stream";

std::string_view base_name(std::string_view name)
{
    const std::size_t slash = name.rfind('/');
    return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

/// Copies and hashes; the size is what was really read, for the site may be writing.
void copy_bytes(const base::Descriptor& from, const base::Descriptor& to, attachments::StoredFile& file)
{
    base::Sha256Stream hash;
    for (std::string bytes = base::read_some(from, piece); !bytes.empty(); bytes = base::read_some(from, piece)) {
        hash.update(bytes);
        base::write_all(to, bytes);
        file.size += bytes.size();
    }
    file.sha256 = base::hex(hash.finish());
}

/// A temporary file's name, removed unless it was moved away.
class TemporaryCopy
{
  public:
    explicit TemporaryCopy(const std::filesystem::path& directory)
        : path_(directory / ("import-" + base::hex(base::random_bytes(16))))
    {}
    TemporaryCopy(const TemporaryCopy&) = delete;
    TemporaryCopy& operator=(const TemporaryCopy&) = delete;
    ~TemporaryCopy()
    {
        std::error_code gone;
        std::filesystem::remove(path_, gone);
    }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

} // namespace

std::string download_name(std::string_view name)
{
    // Types that no system runs when they are opened.
    constexpr std::array harmless{"txt", "csv", "gif", "tif", "tiff", "bmp", "doc", "docx", "xls", "xlsx", "odt", "ods",
        "rtf", "mp4", "mov", "m4a", "mp3", "wav", "eml", "jpg", "jpeg", "png", "pdf"};
    const std::size_t dot = name.rfind('.');
    const std::string extension = dot == std::string_view::npos ? "" : base::ascii_lower(name.substr(dot + 1));
    if (std::ranges::find(harmless, std::string_view(extension)) == harmless.end())
        return attachments::clean_name(name, unknown_type);
    std::string cleaned = attachments::clean_name(name.substr(0, dot), unknown_type);
    return cleaned.replace(cleaned.rfind('.') + 1, std::string::npos, extension);
}

std::int64_t Files::digest(const SourceRow& row) const
{
    return short_digest(row.text(field::File));
}

std::int64_t Files::request_of(const Target& target, const SourceRow& row) const
{
    // A column of the service request itself: the row is the service request.
    const bool is_own_column = layout().attachments.name == layout().requests.name;
    if (!is_own_column)
        return resolve(target, request_subject, row, field::Request);
    const auto known = find_known(target, request_subject, row.id);
    return known ? known->target_id : target.writes() ? 0 : row.id;
}

void Files::name_and_type(const SourceRow& row, const std::filesystem::path& content, attachments::StoredFile& file)
{
    const std::string original(base_name(row.text(field::File)));
    const auto type = detector_.detect(content);
    file.content_type = type.value_or(std::string(unknown_type));
    file.name = type ? attachments::clean_name(original, *type) : download_name(original);
    if (file.name != original)
        report().changed(place(row, "name"), original, file.name, "a name that is safe to download under");
    if (!type)
        report().taken_as_it_is(
            place(row, "type"), file.name, "our forms refuse this type of file: it can only be downloaded");
    if (file.size > attachments::most_bytes)
        report().taken_as_it_is(place(row, "size"),
            fmt::format("{}, {}", file.name, base::file_size(file.size).english()),
            fmt::format("forms take {}", base::file_size(attachments::most_bytes).english()));
}

std::optional<attachments::StoredFile> Files::copy(const SourceRow& row)
{
    const std::string& name = row.text(field::File);
    std::string reason;
    const auto opened = media_.open(name, reason);
    if (!opened) {
        const std::int64_t request = layout().attachments.name == layout().requests.name
                                         ? row.id
                                         : parse_id(row.value(field::Request)).value_or(0);
        report().missing_file(request, name, reason);
        ++report().counts(subject()).skipped;
        return std::nullopt;
    }
    attachments::StoredFile file{.size = 0};
    if (store_ == nullptr) {
        file.size = opened->size;
        name_and_type(row, opened->path, file);
        return file;
    }
    const TemporaryCopy temporary(store_->temporary_directory());
    copy_bytes(opened->file, base::create_file(temporary.path()), file);
    name_and_type(row, temporary.path(), file);
    file.stored_name = store_->keep(temporary.path(), file.sha256);
    return file;
}

void Files::prepare(const Target& target, const std::vector<SourceRow>& page)
{
    for (const SourceRow& row : page) {
        named_.push_back(short_digest(base::nfc(Media::normal_name(row.text(field::File)).value_or(""))));
        const auto known = find_known(target, subject(), row.id);
        if (known && known->digest == digest(row))
            continue;
        if (auto file = copy(row))
            copied_.emplace(row.id, std::move(*file));
    }
}

std::int64_t Files::add(const Target& target, const SourceRow& row)
{
    const auto copied = copied_.find(row.id);
    if (copied == copied_.end())
        return 0;
    const std::int64_t request = request_of(target, row);
    if (request == 0) {
        report().skipped(place(row), "its service request is missing");
        if (store_ != nullptr)
            store_->discard(copied->second.stored_name);
        return 0;
    }
    const base::Time added = time(row, field::CreatedAt, "created at").value_or(now());
    if (!target.writes())
        return row.id;
    const UserId by{resolve(target, user_subject, row, field::User)};
    const auto id = attachments::add_attachment(
        *target.tx, base::act_of(by, added), copied->second, {.service_request = ServiceRequestId{request}});
    search::note_words_behind(*target.tx, ServiceRequestId{request}, -id.value);
    return id.value;
}

std::optional<std::int64_t> Files::update(const Target& target, const SourceRow& row, const Known&)
{
    if (add(target, row) == 0)
        return std::nullopt;
    report().remarked(
        place(row, "file"), row.text(field::File), "another one in the source now; it was added beside the first");
    return 0;
}

void Files::report_orphans()
{
    std::ranges::sort(named_);
    media_.walk([this](const std::string& name) {
        if (!std::ranges::binary_search(named_, short_digest(base::nfc(name))))
            report().orphan_file(name);
    });
}

} // namespace commands::import_django
