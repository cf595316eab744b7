#include "http/answer/prepare.hpp"

#include "base/log.hpp"
#include "http/answer/encoding.hpp"
#include "http/answer/range.hpp"
#include "http/fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <sys/stat.h>

namespace http {

namespace {

constexpr std::size_t compression_threshold = 1024;

void add_number(std::string& out, std::uint64_t number)
{
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void add_line(std::string& out, std::string_view name, std::string_view value)
{
    out.append(name).append(": ").append(value).append("\r\n");
}

void add_length(std::string& out, std::uint64_t length)
{
    out += "Content-Length: ";
    add_number(out, length);
    out += "\r\n";
}

std::string* find_header(Response& response, std::string_view name)
{
    for (auto& [key, value] : response.headers) {
        if (equals_ignoring_case(key, name))
            return &value;
    }
    return nullptr;
}

/// Framing is the server's; a handler that sets it would contradict the bytes that follow.
bool is_reserved(std::string_view name)
{
    static constexpr std::array<std::string_view, 5> names = {
        "content-length", "transfer-encoding", "connection", "date", "content-type"};
    return std::any_of(names.begin(), names.end(), [&](auto reserved) { return equals_ignoring_case(reserved, name); });
}

bool has_sound_headers(const Response& response)
{
    const auto is_sound = [](const auto& field) {
        return is_token(field.first) && is_field_value(field.second) && !is_reserved(field.first);
    };
    const auto found = std::find_if_not(response.headers.begin(), response.headers.end(), is_sound);
    if (found != response.headers.end()) {
        base::log::error(fmt::format("a response with an unsound header field {} was not sent", found->first));
        return false;
    }
    return is_field_value(response.content_type);
}

bool has_no_body(Status status)
{
    return status == Status::NoContent || status == Status::NotModified;
}

void become_not_modified(Response& response)
{
    response.status = Status::NotModified;
    response.content_type.clear();
    response.body = std::string();
}

void compress(Response& response, const Conditions& conditions)
{
    auto* text = std::get_if<std::string>(&response.body);
    if (text == nullptr || text->size() < compression_threshold || !response.compressible ||
        !is_compressible_type(response.content_type) || find_header(response, "content-encoding") != nullptr)
        return;
    auto* vary = find_header(response, "vary");
    if (vary != nullptr)
        vary->append(", Accept-Encoding");
    else
        response.header("Vary", "Accept-Encoding");
    if (!conditions.accepts_gzip)
        return;
    *text = gzip(*text);
    response.header("Content-Encoding", "gzip");
    // Other bytes under the same strong tag would break range requests and caches.
    auto* etag = find_header(response, "etag");
    if (etag != nullptr && !etag->starts_with("W/"))
        etag->insert(0, "W/");
}

bool has_its_size(const FileBody& file)
{
    struct stat status
    {
    };
    if (::fstat(file.file.get(), &status) == 0 && static_cast<std::uint64_t>(status.st_size) == file.size)
        return true;
    base::log::error(fmt::format("the file {} has {} bytes instead of {}", file.etag, status.st_size, file.size));
    return false;
}

void add_content_range(Response& response, const RangeAnswer& range, std::uint64_t size)
{
    response.header("Content-Range", range.kind == RangeAnswer::Kind::Part ? fmt::format("bytes {}-{}/{}", range.first,
                                                                                 range.first + range.length - 1, size)
                                                                           : fmt::format("bytes */{}", size));
}

/// Turns a file into the part of it that was asked for; false when it is not what it should be.
bool take_file(Response& response, const Conditions& conditions, Prepared& prepared)
{
    FileBody& file = std::get<FileBody>(response.body);
    if (!has_its_size(file))
        return false;
    response.header("Accept-Ranges", "bytes");
    if (!file.etag.empty() && find_header(response, "etag") == nullptr)
        response.header("ETag", file.etag);
    const bool wants_range = conditions.method == Method::Get && allows_range(conditions.if_range, file.etag);
    const auto range = read_range(wants_range ? std::string_view(conditions.range) : std::string_view(), file.size);
    if (range.kind == RangeAnswer::Kind::Unsatisfiable) {
        response.status = Status::RangeNotSatisfiable;
        add_content_range(response, range, file.size);
        prepared.body = std::string();
        return true;
    }
    if (range.kind == RangeAnswer::Kind::Part) {
        response.status = Status::PartialContent;
        add_content_range(response, range, file.size);
    }
    prepared.body = FilePart{std::move(file.file), range.first, range.length};
    return true;
}

bool is_not_modified(Response& response, const Conditions& conditions)
{
    const bool is_read = conditions.method == Method::Get || conditions.method == Method::Head;
    if (!is_read || response.status != Status::Ok || conditions.if_none_match.empty())
        return false;
    const auto* file = std::get_if<FileBody>(&response.body);
    if (file != nullptr && !file->etag.empty() && find_header(response, "etag") == nullptr)
        response.header("ETag", file->etag);
    const auto* etag = find_header(response, "etag");
    return etag != nullptr && matches_any_tag(conditions.if_none_match, *etag);
}

void add_framing(const Conditions& conditions, Prepared& prepared)
{
    auto& head = prepared.head;
    if (const auto* text = std::get_if<std::string>(&prepared.body)) {
        add_length(head, text->size());
    } else if (const auto* bytes = std::get_if<StaticBody>(&prepared.body)) {
        add_length(head, bytes->bytes.size());
    } else if (const auto* file = std::get_if<FilePart>(&prepared.body)) {
        add_length(head, file->length);
    } else if (std::holds_alternative<EventStreamBody>(prepared.body)) {
        prepared.ends_by_close = true;
    } else if (conditions.is_old) {
        prepared.ends_by_close = true;
    } else {
        prepared.is_chunked = true;
        head += "Transfer-Encoding: chunked\r\n";
    }
}

std::string write_head(const Response& response)
{
    std::string head;
    head.reserve(1024);
    head += "HTTP/1.1 ";
    add_number(head, static_cast<std::uint64_t>(response.status));
    head.append(" ").append(reason(response.status)).append("\r\n");
    if (!response.content_type.empty() && !has_no_body(response.status))
        add_line(head, "Content-Type", response.content_type);
    for (const auto& [name, value] : response.headers)
        add_line(head, name, value);
    return head;
}

void take_body(Response& response, Prepared& prepared)
{
    if (auto* text = std::get_if<std::string>(&response.body)) {
        prepared.body = std::move(*text);
    } else if (auto* bytes = std::get_if<StaticBody>(&response.body)) {
        prepared.body = *bytes;
    } else if (auto* source = std::get_if<std::unique_ptr<BodySource>>(&response.body)) {
        prepared.body = std::move(*source);
    } else if (auto* events = std::get_if<EventStreamBody>(&response.body)) {
        response.content_type = "text/event-stream";
        response.header("X-Accel-Buffering", "no");
        if (find_header(response, "cache-control") == nullptr)
            response.header("Cache-Control", "no-store");
        prepared.body = std::move(*events);
    }
}

} // namespace

Conditions conditions_of(const Request& request, bool is_old)
{
    Conditions conditions;
    conditions.method = request.method;
    conditions.is_old = is_old;
    conditions.accepts_gzip = accepts_encoding(request.header("accept-encoding"), "gzip");
    conditions.if_none_match = request.header("if-none-match");
    conditions.range = request.header("range");
    conditions.if_range = request.header("if-range");
    return conditions;
}

std::optional<Prepared> prepare(Response response, const Conditions& conditions)
{
    if (is_not_modified(response, conditions))
        become_not_modified(response);
    Prepared prepared;
    if (std::holds_alternative<FileBody>(response.body)) {
        if (!take_file(response, conditions, prepared))
            return std::nullopt;
    } else {
        compress(response, conditions);
        take_body(response, prepared);
    }
    if (!has_sound_headers(response))
        return std::nullopt;
    prepared.head = write_head(response);
    prepared.status = response.status;
    prepared.note = std::move(response.note);
    if (has_no_body(response.status)) {
        prepared.body = std::monostate();
        return prepared;
    }
    add_framing(conditions, prepared);
    if (conditions.method == Method::Head)
        prepared.body = std::monostate();
    return prepared;
}

} // namespace http
