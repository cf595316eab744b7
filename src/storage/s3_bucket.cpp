#include "storage/s3_bucket.hpp"

#include "base/crypto.hpp"
#include "base/error.hpp"
#include "storage/s3_answer.hpp"
#include "storage/s3_signature.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <system_error>
#include <thread>

namespace storage {

namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds longest_pause{3000};
constexpr std::uint64_t bytes_a_millisecond = 1024;
constexpr std::size_t longest_code = 60;

std::uint64_t size_of(const base::Descriptor& file)
{
    struct stat status
    {
    };
    if (::fstat(file.get(), &status) != 0)
        throw std::system_error(errno, std::generic_category(), "a file for the store");
    return static_cast<std::uint64_t>(status.st_size);
}

/// "SignatureDoesNotMatch": the error's name without the texts around it, which quote the request.
std::string error_code(const HttpAnswer& answer)
{
    std::string code = s3_error_code(answer.text).substr(0, longest_code);
    const auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    std::erase_if(code, [&](char c) { return !is_letter(c); });
    return code.empty() ? fmt::format("status {}", answer.status) : fmt::format("{}, status {}", code, answer.status);
}

std::string complaint(const HttpAnswer& answer)
{
    if (answer.status == 0)
        return fmt::format("does not answer: {}", answer.failure);
    const std::string code = error_code(answer);
    if (answer.status == 401 || answer.status == 403)
        return fmt::format(
            "refuses us ({}); check s3_access_key_id, s3_secret_access_key, the key's permissions, and this "
            "machine's clock",
            code);
    if (answer.status == 404)
        return fmt::format("has no such bucket ({}); check its name and s3_endpoint", code);
    if (answer.status >= 300 && answer.status < 400)
        return fmt::format("is elsewhere ({}); check s3_region and s3_endpoint", code);
    if (answer.status >= 500)
        return fmt::format("reports an error ({})", code);
    return fmt::format("refused the request ({})", code);
}

bool is_worth_repeating(const HttpAnswer& answer)
{
    return answer.status == 0 || answer.status == 408 || answer.status == 429 || answer.status >= 500;
}

/// A random part of a limit that doubles, so that many nodes do not come back all at once.
milliseconds pause_after(unsigned attempt, milliseconds first)
{
    const milliseconds limit = std::min(longest_pause, first * (1U << std::min(attempt - 1, 10U)));
    static thread_local std::minstd_rand random(std::random_device{}());
    return milliseconds(std::uniform_int_distribution<milliseconds::rep>(limit.count() / 2, limit.count())(random));
}

} // namespace

base::Descriptor nameless_file(const std::filesystem::path& directory)
{
    const std::filesystem::path path = directory / ("fetched-" + base::random_token());
    base::Descriptor file = base::open_file(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW);
    base::remove_file(path);
    return file;
}

S3Bucket::S3Bucket(S3Settings settings, std::string called)
    : settings_(std::move(settings)), called_(std::move(called)), address_(s3_address(settings_))
{}

std::string S3Bucket::key(std::string_view name) const
{
    return settings_.prefix.empty() ? std::string(name) : fmt::format("{}/{}", settings_.prefix, name);
}

HttpCall S3Bucket::call(const Ask& ask, milliseconds deadline) const
{
    SignedRequest request{.method = ask.method,
        .path = address_.path + (ask.name.empty() ? std::string() : key(ask.name)),
        .query = ask.query,
        .headers = {{"host", address_.host}}};
    if (ask.body != nullptr)
        request.sha256 = ask.sha256;
    if (!ask.copied.empty()) {
        request.headers.emplace("x-amz-copy-source", fmt::format("/{}/{}", settings_.bucket, key(ask.copied)));
        request.headers.emplace("content-length", "0");
    }
    const off_t received = ask.into == nullptr ? 0 : ::lseek(ask.into->get(), 0, SEEK_CUR);
    if (received > 0)
        request.headers.emplace("range", fmt::format("bytes={}-", received));
    sign(request, {settings_.access_key_id, settings_.secret_access_key, settings_.region}, base::SystemClock().now());
    const std::string query = canonical_query(request.query);
    return {.method = ask.method,
        .url = address_.origin + request.path + (query.empty() ? "" : "?" + query),
        .headers = std::move(request.headers),
        .body = ask.body,
        .body_from = ask.body_from,
        .body_size = ask.body == nullptr ? 0 : ask.size,
        .into = ask.into,
        .connect_timeout = settings_.connect_timeout,
        .stall = settings_.stall,
        .deadline = deadline};
}

HttpAnswer S3Bucket::send(const Ask& ask) const
{
    const auto end = SteadyClock::now() + settings_.deadline + milliseconds(ask.size / bytes_a_millisecond);
    const unsigned most = ask.effort == Effort::Once ? 1 : settings_.attempts;
    for (unsigned attempt = 1;; ++attempt) {
        const auto left = std::chrono::duration_cast<milliseconds>(end - SteadyClock::now());
        HttpAnswer answer = transport_.send(call(ask, left));
        const milliseconds pause = pause_after(attempt, settings_.first_pause);
        if (!is_worth_repeating(answer) || attempt >= most || SteadyClock::now() + pause >= end)
            return answer;
        std::this_thread::sleep_for(pause);
    }
}

void S3Bucket::refuse(const HttpAnswer& answer) const
{
    throw base::Unavailable(fmt::format("{} {} at {} {}", called_, settings_.url(), address_.host, complaint(answer)));
}

void S3Bucket::put(std::string_view name, const base::Descriptor& file, std::string_view sha256)
{
    put_piece(name, {.file = file, .from = 0, .size = size_of(file)}, sha256);
}

void S3Bucket::put_piece(std::string_view name, const FilePiece& piece, std::string_view sha256)
{
    const HttpAnswer answer = send({.method = "PUT",
        .name = name,
        .body = &piece.file,
        .body_from = piece.from,
        .sha256 = sha256,
        .size = piece.size});
    if (answer.status != 200)
        refuse(answer);
}

bool S3Bucket::get(std::string_view name, const base::Descriptor& into, std::uint64_t size) const
{
    const HttpAnswer answer = send({.method = "GET", .name = name, .into = &into, .size = size});
    if (answer.status == 404 && s3_error_code(answer.text) != "NoSuchBucket")
        return false;
    if (answer.status != 200 && answer.status != 206)
        refuse(answer);
    return true;
}

void S3Bucket::remove(std::string_view name, Effort effort)
{
    const HttpAnswer answer = send({.method = "DELETE", .name = name, .effort = effort});
    const bool is_gone = answer.status == 404 && s3_error_code(answer.text) != "NoSuchBucket";
    if (!is_gone && answer.status != 204 && answer.status != 200)
        refuse(answer);
}

bool S3Bucket::copy(std::string_view from, std::string_view to)
{
    const HttpAnswer answer = send({.method = "PUT", .name = to, .copied = from});
    if (answer.status == 404 && s3_error_code(answer.text) != "NoSuchBucket")
        return false;
    if (answer.status != 200 || !is_s3_copy_done(answer.text))
        refuse(answer);
    return true;
}

void S3Bucket::list(std::string_view beginning, const std::function<Listing(const S3Listed&)>& tell) const
{
    const std::string prefix = key(beginning);
    std::map<std::string, std::string> query{
        {"list-type", "2"}, {"max-keys", std::to_string(settings_.page_size)}, {"prefix", prefix}};
    for (bool has_more = true; has_more;) {
        const HttpAnswer answer = send({.method = "GET", .query = query});
        if (answer.status != 200)
            refuse(answer);
        const auto page = read_s3_page(answer.text);
        if (!page)
            throw base::Unavailable(fmt::format("{} {} at {} answers with a list that cannot be read; "
                                                "check s3_endpoint and any proxy before it",
                called_, settings_.url(), address_.host));
        for (const S3Page::Object& object : page->objects) {
            if (!object.key.starts_with(prefix))
                continue;
            const auto name = std::string_view(object.key).substr(prefix.size());
            if (tell({.name = name, .changed = object.changed, .size = object.size}) == Listing::Ends)
                return;
        }
        has_more = !page->next.empty();
        query.insert_or_assign("continuation-token", page->next);
    }
}

void S3Bucket::probe()
{
    const std::string name = "probe-" + base::hex(base::random_bytes(16));
    const std::string bytes = "gas-utility check " + name + "\n";
    const base::Descriptor sent(::memfd_create("probe", MFD_CLOEXEC));
    const base::Descriptor received(::memfd_create("probe", MFD_CLOEXEC));
    base::write_all(sent, bytes);
    put(name, sent, base::hex(base::sha256(bytes)));
    const bool is_there = get(name, received, bytes.size());
    remove(name);
    if (!is_there || ::lseek(received.get(), 0, SEEK_SET) != 0 || base::read_some(received, bytes.size() + 1) != bytes)
        throw base::Unavailable(fmt::format("{} {} does not return what was stored", called_, settings_.url()));
}

} // namespace storage
