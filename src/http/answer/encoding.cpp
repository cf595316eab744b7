#include "http/answer/encoding.hpp"

#include "http/fields.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <zlib.h>

namespace http {

namespace {

/// A deflate state a thread: setting one up costs more than compressing a page with it.
class Deflater
{
  public:
    Deflater()
    {
        constexpr int window_bits_with_gzip_header = 15 + 16;
        constexpr int memory_level = 8;
        if (deflateInit2(&stream_, 1, Z_DEFLATED, window_bits_with_gzip_header, memory_level, Z_DEFAULT_STRATEGY) !=
            Z_OK)
            throw std::bad_alloc();
    }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    ~Deflater() { deflateEnd(&stream_); }

    std::string run(std::string_view text)
    {
        deflateReset(&stream_);
        std::string result(deflateBound(&stream_, text.size()), '\0');
        // zlib's interface is older than const; it does not write to its input.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(result.data());
        stream_.avail_out = static_cast<uInt>(result.size());
        deflate(&stream_, Z_FINISH);
        result.erase(stream_.total_out);
        return result;
    }

  private:
    z_stream stream_{};
};

bool is_zero_weight(std::string_view parameters)
{
    if (parameters.empty())
        return false;
    const auto weight = find_parameter(";" + std::string(parameters), "q");
    return weight && weight->find_first_not_of("0.") == std::string::npos;
}

} // namespace

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding)
{
    bool any = false;
    while (!accept_encoding.empty()) {
        auto element = take_element(accept_encoding);
        const auto name = take_element(element, ';');
        const bool accepted = !is_zero_weight(element);
        if (equals_ignoring_case(name, coding))
            return accepted;
        any = any || (name == "*" && accepted);
    }
    return any;
}

bool is_compressible_type(std::string_view content_type)
{
    const auto type = take_element(content_type, ';');
    static constexpr std::array<std::string_view, 6> others = {"application/json", "application/javascript",
        "application/xml", "application/problem+json", "application/manifest+json", "image/svg+xml"};
    return type.starts_with("text/") || std::find(others.begin(), others.end(), type) != others.end();
}

std::string gzip(std::string_view text)
{
    static thread_local Deflater deflater;
    return deflater.run(text);
}

} // namespace http
