#include "mail/smtp_sender.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <new>
#include <optional>
#include <string_view>

namespace mail {

namespace {

constexpr std::size_t most_answer = 300;
constexpr std::chrono::seconds grace{5};

struct CurlFree
{
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// How far the conversation about one message came.
enum class Stage : std::uint8_t
{
    Connecting,
    Sender,
    Recipient,
    Content
};

struct Exchange
{
    std::string_view message;
    const GoesOn& goes_on;
    std::size_t given = 0;
    Stage stage = Stage::Connecting;
    /// The last line of the server, its farewell apart.
    std::string answer = {};
    bool is_leaving = false;
    std::optional<std::chrono::steady_clock::time_point> stopped_at = {};

    // A message that is with the server already gets a moment for its answer, or it would be sent twice.
    bool is_over()
    {
        if (goes_on())
            return false;
        const auto now = std::chrono::steady_clock::now();
        stopped_at = stopped_at.value_or(now);
        return stage < Stage::Content || now - *stopped_at > grace;
    }

    std::size_t give(char* buffer, std::size_t count)
    {
        const std::size_t length = std::min(count, message.size() - given);
        std::memcpy(buffer, message.data() + given, length);
        given += length;
        return length;
    }

    // What is sent may be the password: it is looked at for its first word, and never kept.
    void note_command(std::string_view command)
    {
        is_leaving = is_leaving || command.starts_with("QUIT");
        if (command.starts_with("MAIL "))
            stage = Stage::Sender;
        else if (command.starts_with("RCPT "))
            stage = Stage::Recipient;
        else if (command.starts_with("DATA"))
            stage = Stage::Content;
    }
};

std::size_t on_wanted(char* buffer, std::size_t size, std::size_t count, void* user)
{
    return static_cast<Exchange*>(user)->give(buffer, size * count);
}

const curl_debug_callback on_traffic = [](CURL*, curl_infotype type, char* bytes, std::size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    if (type == CURLINFO_HEADER_OUT)
        exchange.note_command({bytes, count});
    else if (type == CURLINFO_HEADER_IN && !exchange.is_leaving)
        exchange.answer.assign(bytes, std::min(count, most_answer));
    return 0;
};

const curl_xferinfo_callback on_progress = [](void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Exchange*>(user)->is_over() ? 1 : 0;
};

std::size_t on_ignored(char*, std::size_t size, std::size_t count, void*)
{
    return size * count;
}

std::string plain_line(std::string_view text)
{
    return base::clean_line(base::repair_utf8(std::string(text.substr(0, most_answer))));
}

/// The server's own code: 250, 451, 550; 0 without one.
int code_of(std::string_view answer)
{
    const auto number = answer.size() >= 3 ? base::parse_integer(answer.substr(0, 3)) : std::nullopt;
    return static_cast<int>(number.value_or(0));
}

Outcome outcome_of(CURLcode result, const Exchange& exchange)
{
    if (result == CURLE_OK)
        return Outcome::Accepted;
    // Nobody knows what a lost answer said.
    if (result == CURLE_OPERATION_TIMEDOUT || result == CURLE_RECV_ERROR || result == CURLE_GOT_NOTHING ||
        result == CURLE_ABORTED_BY_CALLBACK)
        return Outcome::Unreachable;
    const int code = code_of(exchange.answer);
    // Before the recipient is named, the server refuses us and not this mail.
    if (exchange.stage < Stage::Recipient || code < 400 || code > 599)
        return Outcome::Unreachable;
    constexpr int closing = 421;
    constexpr int mailbox_full = 552;
    if (code == closing)
        return Outcome::Unreachable;
    return code < 500 || code == mailbox_full ? Outcome::Later : Outcome::Never;
}

} // namespace

struct SmtpSender::Connection
{
    std::unique_ptr<CURL, CurlFree> curl{curl_easy_init()};
    /// Its path is the name that we greet the server with.
    std::string url = {};
};

SmtpSender::SmtpSender(const MailSettings& settings) : settings_(settings)
{
    static const CURLcode begun = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (begun != CURLE_OK)
        throw std::bad_alloc();
}

SmtpSender::~SmtpSender() = default;

namespace {

void set_server(CURL* curl, const MailSettings& settings, const std::string& url)
{
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    // The environment's proxies are for the web.
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(
        curl, CURLOPT_USE_SSL, static_cast<long>(settings.tls == Tls::Never ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings.ca_file.empty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, settings.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(settings.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(settings.timeout.count()));
    if (!settings.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, settings.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, settings.password.c_str());
    }
}

void set_message(CURL* curl, const Envelope& envelope, const curl_slist* recipients, Exchange& exchange)
{
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, envelope.from.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(exchange.message.size()));
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &on_wanted);
    curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &on_ignored);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &exchange);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_traffic);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &exchange);
}

} // namespace

Delivery SmtpSender::send(const Envelope& envelope, const std::string& message, const GoesOn& goes_on)
{
    const std::string server = fmt::format("{}:{}", settings_.host, settings_.port);
    if (!connection_)
        connection_ = std::make_unique<Connection>(
            Connection{.url = fmt::format("{}/{}", settings_.shown(), settings_.site_host())});
    CURL* const curl = connection_->curl.get();
    const std::unique_ptr<curl_slist, CurlFree> recipients(curl_slist_append(nullptr, envelope.to.c_str()));
    if (curl == nullptr || !recipients)
        throw std::bad_alloc();
    // Keeps the open connection.
    curl_easy_reset(curl);
    Exchange exchange{.message = message, .goes_on = goes_on};
    std::array<char, CURL_ERROR_SIZE> details{};
    set_server(curl, settings_, connection_->url);
    set_message(curl, envelope, recipients.get(), exchange);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, details.data());
    const CURLcode result = curl_easy_perform(curl);
    const Outcome outcome = outcome_of(result, exchange);
    const bool has_refused = outcome == Outcome::Later || outcome == Outcome::Never;
    std::string answer = exchange.answer;
    if (result != CURLE_OK && !has_refused)
        answer = fmt::format("{}{}{}", details[0] != '\0' ? details.data() : curl_easy_strerror(result),
            code_of(exchange.answer) >= 400 ? ": " : "", code_of(exchange.answer) >= 400 ? exchange.answer : "");
    if (result != CURLE_OK)
        connection_.reset();
    return {.outcome = outcome, .server = server, .answer = plain_line(answer)};
}

} // namespace mail
