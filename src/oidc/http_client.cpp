#include "oidc/http_client.hpp"

#include <curl/curl.h>

#include <array>
#include <memory>
#include <new>
#include <string_view>

namespace oidc {

namespace {

constexpr std::size_t most_bytes = std::size_t{256} * 1024;

struct CurlFree
{
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Curl = std::unique_ptr<CURL, CurlFree>;
using HeaderList = std::unique_ptr<curl_slist, CurlFree>;

std::size_t on_bytes(char* bytes, std::size_t size, std::size_t count, void* user)
{
    auto& body = *static_cast<std::string*>(user);
    if (body.size() + size * count > most_bytes)
        return 0;
    body.append(bytes, size * count);
    return size * count;
}

void add(HeaderList& list, const std::string& line)
{
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr)
        throw std::bad_alloc();
    static_cast<void>(list.release());
    list.reset(longer);
}

void set_limits(CURL* curl, const Settings& settings, const std::string& url)
{
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, is_loopback_url(url) ? "http,https" : "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!settings.ca_file.empty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, settings.ca_file.c_str());
    // The environment's proxy leads out of the machine.
    if (is_loopback_url(url))
        curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(settings.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_MAXFILESIZE, static_cast<long>(most_bytes));
}

} // namespace

struct HttpClient::Call
{
    const std::string& url;
    const std::string* form = nullptr;
    std::string authorization = {};
};

HttpClient::HttpClient(const Settings& settings) : settings_(settings)
{
    static const CURLcode begun = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (begun != CURLE_OK)
        throw std::bad_alloc();
}

HttpAnswer HttpClient::get(const std::string& url) const
{
    return send({.url = url});
}

HttpAnswer HttpClient::post(const std::string& url, const std::string& form, const std::string& authorization) const
{
    return send({.url = url, .form = &form, .authorization = authorization});
}

HttpAnswer HttpClient::send(const Call& call) const
{
    if (!is_safe_url(call.url))
        return {.failure = "the URL is not https"};
    const Curl curl(curl_easy_init());
    if (!curl)
        throw std::bad_alloc();
    HttpAnswer answer;
    std::array<char, CURL_ERROR_SIZE> details{};
    HeaderList headers;
    add(headers, "Accept: application/json");
    add(headers, "Expect:");
    if (!call.authorization.empty())
        add(headers, "Authorization: " + call.authorization);
    set_limits(curl.get(), settings_, call.url);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, details.data());
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &on_bytes);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.body);
    if (call.form != nullptr) {
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(call.form->size()));
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, call.form->c_str());
    }
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_OK)
        curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    else if (code == CURLE_WRITE_ERROR || code == CURLE_FILESIZE_EXCEEDED)
        answer.failure = "the answer is larger than 256 KiB";
    else
        answer.failure = details[0] != '\0' ? details.data() : curl_easy_strerror(code);
    return answer;
}

} // namespace oidc
