#pragma once
// attachments/ keeps the files of service requests and comments: rows here, bytes in a store (store.hpp) under random
// names.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace attachments {

inline constexpr std::size_t most_files = 10;
inline constexpr std::uint64_t most_bytes = 10ULL * 1024 * 1024;

/// A small picture of a photo, in the store like any file.
struct StoredPreview
{
    std::string stored_name;
    std::string content_type;
    std::uint64_t size = 0;
    std::string sha256;
    std::uint32_t width = 0;
    std::uint32_t height = 0;

    storage::FileKey key() const { return {.stored_name = stored_name, .sha256 = sha256, .size = size}; }
};

/// The type of what is only downloaded, whatever its name says.
inline constexpr std::string_view downloaded_type = "application/octet-stream";

struct Attachment
{
    AttachmentId id;
    ServiceRequestId service_request_id;
    CommentId comment_id;
    base::Visibility visibility = base::Visibility::Public;
    std::string name;
    std::string content_type;
    std::uint64_t size = 0;
    std::string sha256;
    std::string stored_name;
    base::Time created_at{};
    /// Only of a photo that a browser sent with one.
    std::optional<StoredPreview> preview = {};

    /// What the store gives its bytes back for.
    storage::FileKey key() const { return {.stored_name = stored_name, .sha256 = sha256, .size = size}; }
    /// Shown in the page itself; everything else is only downloaded.
    bool is_image() const;
    /// Shown by browsers in a tab of its own.
    bool is_document() const;
};

/// A checked file that already lies durably in the store but is not named by any row yet.
struct StoredFile
{
    std::string stored_name;
    std::string name;
    std::string content_type;
    std::uint64_t size = 0;
    std::string sha256;
    std::optional<StoredPreview> preview = {};

    storage::FileKey key() const { return {.stored_name = stored_name, .sha256 = sha256, .size = size}; }
};

/// A file that did not come with a service request, for its receipt. The reason is a short code.
struct LeftOut
{
    std::string name;
    std::string reason;
};

/// A safe name to show and to download under: base name only, no control, bidi or zero-width characters, no leading
/// dot, space or hyphen, at most 120 code points, the extension of its real type.
std::string clean_name(std::string_view client_name, std::string_view content_type);

/// What a file belongs to.
struct Place
{
    ServiceRequestId service_request;
    /// Zero for a file of the service request itself.
    CommentId comment = {};
    base::Visibility visibility = base::Visibility::Public;
};
/// Names the file in a row and raises the service request's count of public or of internal attachments. A file of an
/// internal comment is internal always. Throws NotFound for a comment of another service request.
AttachmentId add_attachment(db::Transaction& tx, const base::Act& act, const StoredFile& file, const Place& place);
/// The same for several, in order.
void add_attachments(db::Transaction& tx, const base::Act& act, std::span<const StoredFile> files, const Place& place);
/// Note the files that did not come with a service request.
void add_left_out(db::Transaction& tx, ServiceRequestId service_request, std::span<const LeftOut> files);
std::vector<LeftOut> list_left_out(db::Connection& db, ServiceRequestId service_request);
/// All of a service request, oldest first; internal ones only when `deepest` is Internal.
std::vector<Attachment> list_attachments(
    db::Connection& db, ServiceRequestId service_request, base::Visibility deepest);
/// The same without those of comments before `first`.
std::vector<Attachment> list_attachments_since(
    db::Connection& db, ServiceRequestId service_request, base::Visibility deepest, CommentId first);
/// Throws NotFound, also when the visitor may not see it. The caller has looked up the service request as the visitor.
Attachment get_attachment(
    db::Connection& db, ServiceRequestId service_request, AttachmentId id, base::Visibility deepest);

} // namespace attachments
