#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mail {

class Sender;

enum class Route : std::uint8_t
{
    /// The site sends no mail.
    None,
    Directory,
    Smtp
};

enum class Tls : std::uint8_t
{
    /// From the first byte: smtps://.
    Implicit,
    /// STARTTLS or no mail.
    Required,
    /// Nothing leaves the machine.
    Never
};

/// How mail leaves the site.
struct MailSettings
{
    Route route = Route::None;
    std::filesystem::path directory = {};
    /// A name or an IP address, IPv6 without brackets.
    std::string host = {};
    std::uint16_t port = 0;
    Tls tls = Tls::Required;
    /// Empty: no sign-in at the server.
    std::string user = {};
    std::string password = {};
    /// A file of certificates to trust instead of the machine's; empty for those.
    std::string ca_file = {};
    std::string from = {};
    std::string reply_to = {};
    /// Origin of the site, for links: "https://gas.example". Never what a Host field says.
    std::string site_url = {};

    /// Of one node: what a mail server takes, and what leaves room for pages.
    unsigned a_second = 300;
    std::chrono::seconds connect_timeout{10};
    /// One mail from beginning to end.
    std::chrono::seconds timeout{60};

    bool is_on() const { return route != Route::None; }
    /// "gas.example" of the site's URL.
    std::string_view site_host() const;
    /// Where mail goes, without user and password: "smtp://mail.example.com:587".
    std::string shown() const;
};

/// Read "none", "file:///DIRECTORY", "smtp://[USER@]HOST[:PORT][?starttls=never|required]" or
/// "smtps://[USER@]HOST[:PORT]" into route, directory, host, port, tls and user. Returns what is wrong with it, or an
/// empty text. A URL is not repeated in that text, because it may hold a password.
std::string read_mail_url(std::string_view url, MailSettings& settings);

/// Makes what sends; settings.is_on().
std::unique_ptr<Sender> make_sender(const MailSettings& settings);

} // namespace mail
