#include "http/head/guard.hpp"

#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "http/fields.hpp"
#include "http/head/addresses.hpp"
#include "http/head/head_parser.hpp"
#include "http/head/target.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace http {

namespace {

/// What a byte of the head is to the first look. A table, because every byte of every request passes here.
enum class ByteKind : std::uint8_t
{
    Plain,
    Forbidden,
    CarriageReturn,
    LineFeed
};

constexpr std::array<ByteKind, 256> byte_kinds = [] {
    std::array<ByteKind, 256> kinds{};
    for (std::size_t byte = 0; byte < 0x20; ++byte)
        kinds[byte] = ByteKind::Forbidden;
    kinds[0x7f] = ByteKind::Forbidden;
    kinds['\t'] = ByteKind::Plain;
    kinds['\r'] = ByteKind::CarriageReturn;
    kinds['\n'] = ByteKind::LineFeed;
    return kinds;
}();

std::optional<Refusal> check_bytes(std::string_view head)
{
    for (std::size_t at = 0; at < head.size(); ++at) {
        const auto kind = byte_kinds[static_cast<unsigned char>(head[at])];
        if (kind == ByteKind::Plain)
            continue;
        if (kind == ByteKind::Forbidden)
            return Refusal{Status::BadRequest, "The request head has control characters."};
        const bool is_pair = kind == ByteKind::CarriageReturn && (at + 1 == head.size() || head[at + 1] == '\n');
        if (!is_pair)
            return Refusal{Status::BadRequest, "A line of the request head does not end with CR and LF."};
        ++at;
    }
    return std::nullopt;
}

/// What the raw lines say about framing, before any parser gives its opinion.
struct RawCounts
{
    std::size_t fields = 0;
    std::size_t hosts = 0;
    std::size_t lengths = 0;
    std::size_t transfer_encodings = 0;
    bool is_folded = false;
};

RawCounts count_fields(std::string_view raw)
{
    RawCounts counts;
    auto rest = raw.substr(std::min(raw.find("\r\n"), raw.size() - 2) + 2);
    while (rest.size() > 2) {
        const auto end = std::min(rest.find("\r\n"), rest.size());
        const auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 2, rest.size()));
        ++counts.fields;
        counts.is_folded = counts.is_folded || line.empty() || line.front() == ' ' || line.front() == '\t';
        const auto name = trim_blanks(line.substr(0, std::min(line.find(':'), line.size())));
        counts.hosts += equals_ignoring_case(name, "host");
        counts.lengths += equals_ignoring_case(name, "content-length");
        counts.transfer_encodings += equals_ignoring_case(name, "transfer-encoding");
    }
    return counts;
}

std::optional<Refusal> check_raw_lines(std::string_view raw)
{
    if (const auto refusal = check_partial_head(raw))
        return refusal;
    const auto counts = count_fields(raw);
    if (counts.is_folded)
        return Refusal{Status::BadRequest, "A header field is continued on a second line."};
    if (counts.fields > field_limit)
        return Refusal{Status::HeaderFieldsTooLarge, "There are too many header fields."};
    if (counts.transfer_encodings > 0)
        return Refusal{Status::LengthRequired, "Send the body with a Content-Length, not with a Transfer-Encoding."};
    if (counts.lengths > 1)
        return Refusal{Status::BadRequest, "Content-Length is given more than once."};
    if (counts.hosts != 1)
        return Refusal{Status::BadRequest, "Exactly one Host field is needed."};
    return std::nullopt;
}

/// The lower-case name in a Host field without its port; empty when it is malformed.
std::string host_name(std::string_view host)
{
    std::string name = base::ascii_lower(host);
    const auto colon = name.find(':', name.starts_with('[') ? std::min(name.find(']'), name.size()) : 0);
    if (colon != std::string::npos) {
        const auto port = std::string_view(name).substr(colon + 1);
        if (port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos)
            return {};
        name.resize(colon);
    }
    const bool is_literal = name.starts_with('[') && name.ends_with(']');
    const std::string_view allowed = is_literal ? "0123456789abcdef:.[]" : "0123456789abcdefghijklmnopqrstuvwxyz-._";
    return name.find_first_not_of(allowed) == std::string::npos ? name : std::string();
}

std::optional<Refusal> check_host(Head& head, const HostRules& hosts)
{
    const auto name = host_name(head.request.host);
    if (name.empty())
        return Refusal{Status::BadRequest, "The Host field is malformed."};
    const auto matches = [&](const std::string& allowed) { return allowed == "*" || allowed == name; };
    if (std::ranges::any_of(hosts.allowed, matches))
        return std::nullopt;
    const auto& probes = hosts.probe_paths;
    head.is_for_operations_only =
        std::ranges::find(probes, head.request.path) != probes.end() && parse_address(name).has_value();
    return head.is_for_operations_only ? std::nullopt : std::optional(other_host);
}

Method method_of(std::string_view text)
{
    if (text == "GET")
        return Method::Get;
    if (text == "POST")
        return Method::Post;
    return text == "HEAD" ? Method::Head : Method::Other;
}

void add_cookies(std::string_view value, base::FormFields& cookies)
{
    while (!value.empty()) {
        const auto cookie = take_element(value, ';');
        const auto equals = cookie.find('=');
        if (equals != std::string_view::npos && equals > 0)
            cookies.emplace_back(trim_blanks(cookie.substr(0, equals)), trim_blanks(cookie.substr(equals + 1)));
    }
}

void add_field(Request& request, std::string_view name, std::string_view value)
{
    auto key = base::ascii_lower(name);
    const bool is_cookie = key == "cookie";
    if (is_cookie)
        add_cookies(value, request.cookies);
    auto& headers = request.headers;
    const auto found =
        std::find_if(headers.begin(), headers.end(), [&](const auto& field) { return field.first == key; });
    if (found == headers.end())
        headers.emplace_back(std::move(key), value);
    else
        found->second.append(is_cookie ? "; " : ", ").append(value);
}

bool parse_length(std::string_view text, std::uint64_t& length)
{
    // 18 digits cannot overflow.
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return false;
    return std::from_chars(text.data(), text.data() + text.size(), length).ec == std::errc();
}

bool wants_close(std::string_view connection)
{
    while (!connection.empty()) {
        if (equals_ignoring_case(take_element(connection), "close"))
            return true;
    }
    return false;
}

std::optional<Refusal> read_framing(Head& head)
{
    auto& request = head.request;
    for (const auto& [name, value] : request.headers) {
        if (name == "content-length" && !parse_length(value, head.content_length))
            return Refusal{Status::BadRequest, "Content-Length is not one whole number."};
    }
    if (head.content_length > 0 && (request.method == Method::Get || request.method == Method::Head))
        return Refusal{Status::BadRequest, "This method takes no body."};
    head.keep_alive = !head.is_old && !wants_close(request.header("connection"));
    head.expects_continue = !head.is_old && equals_ignoring_case(request.header("expect"), "100-continue");
    return std::nullopt;
}

Verdict check_lines(const HeadLines& lines, const HostRules& hosts)
{
    if (lines.method == "CONNECT" || lines.method == "TRACE")
        return Refusal{Status::MethodNotAllowed, "This method is not answered here."};
    auto target = parse_target(lines.target);
    if (!target)
        return Refusal{Status::BadRequest, "The address is malformed."};
    Head head;
    head.is_old = lines.is_old;
    auto& request = head.request;
    request.method = method_of(lines.method);
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.target = lines.target;
    request.headers.reserve(lines.fields.size());
    for (const auto& [name, value] : lines.fields)
        add_field(request, name, value);
    request.host = base::ascii_lower(request.header("host"));
    if (const auto refusal = check_host(head, hosts))
        return *refusal;
    if (const auto refusal = read_framing(head))
        return *refusal;
    return head;
}

} // namespace

std::size_t find_head_end(std::string_view bytes)
{
    const auto end = bytes.substr(0, head_limit).find("\r\n\r\n");
    return end == std::string_view::npos ? 0 : end + 4;
}

std::optional<Refusal> check_partial_head(std::string_view bytes)
{
    const auto head = bytes.substr(0, head_limit);
    if (const auto refusal = check_bytes(head))
        return refusal;
    if (bytes.size() < head_limit || find_head_end(bytes) > 0)
        return std::nullopt;
    if (head.find('\r') == std::string_view::npos)
        return Refusal{Status::UriTooLong, "The address is too long."};
    return Refusal{Status::HeaderFieldsTooLarge, "The header fields are too large."};
}

Verdict check_head(std::string_view raw, const HostRules& hosts)
{
    if (const auto refusal = check_raw_lines(raw))
        return *refusal;
    const auto lines = parse_head(raw);
    if (!lines)
        return Refusal{Status::BadRequest, "The request head is malformed."};
    return check_lines(*lines, hosts);
}

} // namespace http
