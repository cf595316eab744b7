#include "storage/s3_transport.hpp"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <exception>
#include <mutex>
#include <new>
#include <string_view>
#include <system_error>
#include <vector>

namespace storage {

namespace {

constexpr std::size_t most_text = std::size_t{4} << 20U;
constexpr std::size_t most_idle = 16;

struct CurlFree
{
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Curl = std::unique_ptr<CURL, CurlFree>;
using HeaderList = std::unique_ptr<curl_slist, CurlFree>;

/// One exchange under way. Curl is written in C: an error of ours waits here until it has returned.
struct Exchange
{
    const HttpCall& call;
    CURL* curl;
    HttpAnswer answer = {};
    std::uint64_t sent = 0;
    bool is_begun = false;
    std::exception_ptr error = nullptr;

    void take(std::string_view bytes)
    {
        long status = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        if (call.into == nullptr || (status != 200 && status != 206)) {
            answer.text += bytes.substr(0, most_text - std::min(most_text, answer.text.size()));
            return;
        }
        // A whole answer replaces what an earlier attempt left.
        if (!is_begun && status == 200 &&
            (::ftruncate(call.into->get(), 0) != 0 || ::lseek(call.into->get(), 0, SEEK_SET) != 0))
            throw std::system_error(errno, std::generic_category(), "a temporary file");
        is_begun = true;
        base::write_all(*call.into, bytes);
    }

    std::size_t give(char* buffer, std::size_t count)
    {
        const std::uint64_t left = call.body_size - std::min(call.body_size, sent);
        const ssize_t got = ::pread(
            call.body->get(), buffer, std::min<std::uint64_t>(count, left), static_cast<off_t>(call.body_from + sent));
        if (got < 0)
            throw std::system_error(errno, std::generic_category(), "an upload");
        sent += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
    }
};

std::size_t on_bytes(char* bytes, std::size_t size, std::size_t count, void* user)
{
    auto& exchange = *static_cast<Exchange*>(user);
    try {
        exchange.take({bytes, size * count});
        return size * count;
    } catch (const std::exception&) {
        exchange.error = std::current_exception();
        return 0;
    }
}

std::size_t on_wanted(char* buffer, std::size_t size, std::size_t count, void* user)
{
    auto& exchange = *static_cast<Exchange*>(user);
    try {
        return exchange.give(buffer, size * count);
    } catch (const std::exception&) {
        exchange.error = std::current_exception();
        return CURL_READFUNC_ABORT;
    }
}

// Asked for when a kept connection turns out to be closed and the request is sent again on another.
int on_seek(void* user, curl_off_t offset, int origin)
{
    if (origin != SEEK_SET)
        return CURL_SEEKFUNC_CANTSEEK;
    static_cast<Exchange*>(user)->sent = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

HeaderList header_list(const HttpCall& call)
{
    // Waiting for "100 Continue" costs a second with servers that do not send it.
    HeaderList list(curl_slist_append(nullptr, "Expect:"));
    for (const auto& [name, value] : call.headers) {
        curl_slist* longer = curl_slist_append(list.get(), (name + ": " + value).c_str());
        if (longer == nullptr)
            throw std::bad_alloc();
        static_cast<void>(list.release());
        list.reset(longer);
    }
    return list;
}

void set_limits(CURL* curl, const HttpCall& call)
{
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(call.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(call.deadline.count())));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(call.stall.count()));
}

void set_request(CURL* curl, Exchange& exchange)
{
    const HttpCall& call = exchange.call;
    curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &on_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
    if (call.body != nullptr) {
        curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(call.body_size));
        curl_easy_setopt(curl, CURLOPT_READFUNCTION, &on_wanted);
        curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
        curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &on_seek);
        curl_easy_setopt(curl, CURLOPT_SEEKDATA, &exchange);
    }
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
}

} // namespace

struct HttpTransport::Idle
{
    std::mutex mutex;
    std::vector<Curl> handles;

    Curl take()
    {
        const std::lock_guard lock(mutex);
        if (handles.empty()) {
            Curl made(curl_easy_init());
            if (!made)
                throw std::bad_alloc();
            return made;
        }
        Curl taken = std::move(handles.back());
        handles.pop_back();
        return taken;
    }
    void give_back(Curl curl)
    {
        const std::lock_guard lock(mutex);
        if (handles.size() < most_idle)
            handles.push_back(std::move(curl));
    }
};

HttpTransport::HttpTransport() : idle_(std::make_unique<Idle>())
{
    static const CURLcode begun = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (begun != CURLE_OK)
        throw std::bad_alloc();
}

HttpTransport::~HttpTransport() = default;

HttpAnswer HttpTransport::send(const HttpCall& call)
{
    Curl curl = idle_->take();
    // Keeps the open connections.
    curl_easy_reset(curl.get());
    Exchange exchange{.call = call, .curl = curl.get()};
    std::array<char, CURL_ERROR_SIZE> details{};
    const HeaderList headers = header_list(call);
    set_limits(curl.get(), call);
    set_request(curl.get(), exchange);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, details.data());
    const CURLcode code = curl_easy_perform(curl.get());
    if (exchange.error)
        std::rethrow_exception(exchange.error);
    if (code == CURLE_OK)
        curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &exchange.answer.status);
    else
        exchange.answer.failure = details[0] != '\0' ? details.data() : curl_easy_strerror(code);
    curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, nullptr);
    idle_->give_back(std::move(curl));
    return std::move(exchange.answer);
}

} // namespace storage
