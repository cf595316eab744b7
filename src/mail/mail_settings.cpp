#include "mail/mail_settings.hpp"

#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "mail/directory_sender.hpp"
#include "mail/smtp_sender.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mail {

namespace {

constexpr std::string_view forms =
    "is none of none, file:///DIRECTORY, smtp://HOST:PORT, smtps://HOST:PORT, also with USER@ in front of the host";
constexpr std::uint16_t submission_port = 587;
constexpr std::uint16_t tls_port = 465;

bool is_loopback(std::string_view host)
{
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool is_host(std::string_view host)
{
    return !host.empty() && std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_' || c == ':';
    });
}

std::string read_user(std::string_view authority, MailSettings& settings)
{
    const std::size_t at = authority.rfind('@');
    if (at == std::string_view::npos)
        return {};
    if (authority.substr(0, at).find(':') != std::string_view::npos)
        return "must not hold a password, which belongs into mail_password_file or GAS_UTILITY_MAIL_PASSWORD";
    const auto user = base::percent_decode(authority.substr(0, at));
    if (!user || user->empty() || base::has_control_characters(*user))
        return std::string(forms);
    settings.user = *user;
    return {};
}

/// "HOST", "HOST:PORT", "[::1]:PORT".
std::string read_host(std::string_view text, MailSettings& settings)
{
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t end = std::min(text.find(']'), text.size());
        settings.host = text.substr(1, end - 1);
        port = text.substr(std::min(end + 1, text.size()));
    } else {
        const std::size_t colon = std::min(text.find(':'), text.size());
        settings.host = text.substr(0, colon);
        port = text.substr(colon);
    }
    if (!is_host(settings.host))
        return std::string(forms);
    if (port.empty())
        return {};
    const auto number = base::parse_integer(port.substr(1));
    if (port.front() != ':' || !number || *number < 1 || *number > 65535)
        return "has a port that is no number from 1 to 65535";
    settings.port = static_cast<std::uint16_t>(*number);
    return {};
}

std::string read_tls(std::string_view query, MailSettings& settings)
{
    if (settings.tls == Tls::Implicit)
        return query.empty() ? std::string() : "has a query, which smtps:// does not take";
    settings.tls = is_loopback(settings.host) ? Tls::Never : Tls::Required;
    if (query.empty())
        return {};
    if (query == "starttls=required")
        settings.tls = Tls::Required;
    else if (query != "starttls=never")
        return "has a query other than starttls=required or starttls=never";
    else if (!is_loopback(settings.host))
        return "says starttls=never, which is only for a server on this machine (localhost)";
    return {};
}

std::string read_smtp(std::string_view rest, MailSettings& settings)
{
    const std::size_t mark = std::min(rest.find('?'), rest.size());
    const std::string_view query = rest.substr(std::min(mark + 1, rest.size()));
    std::string_view authority = rest.substr(0, mark);
    if (authority.ends_with('/'))
        authority.remove_suffix(1);
    for (const std::string& wrong : {read_user(authority, settings),
             read_host(authority.substr(authority.rfind('@') == std::string_view::npos ? 0 : authority.rfind('@') + 1),
                 settings),
             read_tls(query, settings)}) {
        if (!wrong.empty())
            return wrong;
    }
    return {};
}

} // namespace

std::string read_mail_url(std::string_view url, MailSettings& settings)
{
    constexpr std::string_view file = "file://";
    constexpr std::string_view smtp = "smtp://";
    constexpr std::string_view smtps = "smtps://";
    settings.route = Route::None;
    if (url == "none")
        return {};
    if (url.starts_with(file)) {
        settings.route = Route::Directory;
        settings.directory = url.substr(file.size());
        return settings.directory.is_absolute() ? std::string() : "names no absolute directory: file:///DIRECTORY";
    }
    settings.route = Route::Smtp;
    settings.tls = url.starts_with(smtps) ? Tls::Implicit : Tls::Required;
    settings.port = url.starts_with(smtps) ? tls_port : submission_port;
    if (url.starts_with(smtps))
        return read_smtp(url.substr(smtps.size()), settings);
    if (url.starts_with(smtp))
        return read_smtp(url.substr(smtp.size()), settings);
    return std::string(forms);
}

std::string_view MailSettings::site_host() const
{
    std::string_view origin = site_url;
    if (const std::size_t scheme = origin.find("://"); scheme != std::string_view::npos)
        origin.remove_prefix(scheme + 3);
    return origin.substr(0, origin.starts_with('[') ? origin.find(']') + 1 : origin.find(':'));
}

std::string MailSettings::shown() const
{
    if (route == Route::None)
        return "none";
    if (route == Route::Directory)
        return "file://" + directory.string();
    const bool is_v6 = host.find(':') != std::string::npos;
    return fmt::format(
        "{}://{}{}{}:{}", tls == Tls::Implicit ? "smtps" : "smtp", is_v6 ? "[" : "", host, is_v6 ? "]" : "", port);
}

std::unique_ptr<Sender> make_sender(const MailSettings& settings)
{
    if (settings.route == Route::Directory)
        return std::make_unique<DirectorySender>(settings.directory);
    return std::make_unique<SmtpSender>(settings);
}

} // namespace mail
