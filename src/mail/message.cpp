#include "mail/message.hpp"

#include "base/crypto.hpp"
#include "base/utf8.hpp"
#include "mail/encoding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace mail {

namespace {

/// "Mon, 16 Nov 2026 21:31:00 +0000".
std::string date_text(base::Time time)
{
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", days.at(std::chrono::weekday(day).c_encoding()),
        static_cast<unsigned>(date.day()), months.at(static_cast<unsigned>(date.month()) - 1),
        static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

const std::string& checked(const std::string& value)
{
    if (std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }))
        throw std::invalid_argument("an address or id with a blank or control character");
    return value;
}

void add_addresses(std::string& out, const Message& message)
{
    constexpr std::string_view from = "From: ";
    if (message.from_name.empty())
        out += fmt::format("{}{}\r\n", from, checked(message.from));
    else
        out +=
            fmt::format("{}{}\r\n <{}>\r\n", from, encoded_name(message.from_name, from.size()), checked(message.from));
    out += fmt::format("To: {}\r\n", checked(message.to));
    if (!message.reply_to.empty())
        out += fmt::format("Reply-To: {}\r\n", checked(message.reply_to));
}

void add_part(std::string& out, std::string_view boundary, std::string_view type, std::string_view content)
{
    out += fmt::format(
        "--{}\r\nContent-Type: {}; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n",
        boundary, type, quoted_printable(content));
}

/// The same for the same mail; no text of ours has it.
std::string boundary_of(const Message& message)
{
    return "gas-" + base::hex(base::sha256(message.message_id + message.text)).substr(0, 32);
}

} // namespace

std::string wire_text(const Message& message)
{
    constexpr std::string_view subject = "Subject: ";
    const std::string boundary = boundary_of(message);
    std::string out;
    out.reserve(1024 + 2 * (message.text.size() + message.html.size()));
    add_addresses(out, message);
    out += fmt::format("{}{}\r\n", subject, encoded_words(message.subject, subject.size()));
    out += fmt::format("Date: {}\r\nMessage-ID: {}\r\n", date_text(message.date), checked(message.message_id));
    if (!message.thread_id.empty())
        out += fmt::format("In-Reply-To: {0}\r\nReferences: {0}\r\n", checked(message.thread_id));
    if (!message.unsubscribe.empty())
        out += fmt::format("List-Unsubscribe: <{}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
            checked(message.unsubscribe));
    // RFC 3834: no machine answers a machine.
    out += "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n";
    if (!message.language.empty())
        out += fmt::format("Content-Language: {}\r\n", checked(message.language));
    out +=
        fmt::format("MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"{}\"\r\n\r\n", boundary);
    add_part(out, boundary, "text/plain", message.text);
    add_part(out, boundary, "text/html", message.html);
    out += fmt::format("--{}--\r\n", boundary);
    return out;
}

bool is_address(std::string_view text)
{
    constexpr std::size_t longest = 254;
    const std::size_t at = text.find('@');
    if (at == 0 || at == std::string_view::npos || at + 1 == text.size() || text.size() > longest)
        return false;
    return text.find('@', at + 1) == std::string_view::npos && base::is_ascii(text.substr(at + 1)) &&
           std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == 0x7f ||
                      std::string_view("()<>[],;:\"\\").find(c) != std::string_view::npos;
           });
}

} // namespace mail
