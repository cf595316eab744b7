#include "http/head/head_parser.hpp"

#include "http/asio.hpp"
#include "http/head/guard.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace http {

namespace {

namespace beast = boost::beast::http;
using boost::beast::error_code;
using View = boost::beast::string_view;

/// Beast's parser without its field container: nothing is copied, and no trailer can ever be merged into the fields.
class Collector final : public beast::basic_parser<true>
{
  public:
    explicit Collector(std::string_view raw) : raw_(raw) { lines_.fields.reserve(16); }
    HeadLines take() { return std::move(lines_); }
    bool is_sound() const { return is_sound_; }

  private:
    std::string_view raw_;
    HeadLines lines_;
    bool is_sound_ = true;

    std::string_view keep(View text)
    {
        const std::string_view view(text.data(), text.size());
        // Beast unfolds continued lines into a buffer of its own; such a view would dangle.
        if (!view.empty() && (view.data() < raw_.data() || view.data() + view.size() > raw_.data() + raw_.size()))
            is_sound_ = false;
        return view;
    }

    void on_request_impl(beast::verb, View method, View target, int version, error_code&) override
    {
        lines_.method = keep(method);
        lines_.target = keep(target);
        lines_.is_old = version < 11;
    }
    void on_response_impl(int, View, int, error_code&) override {}
    void on_field_impl(beast::field, View name, View value, error_code&) override
    {
        const auto kept_name = keep(name);
        lines_.fields.emplace_back(kept_name, keep(value));
    }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(View body, error_code&) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, View, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, View body, error_code&) override { return body.size(); }
    void on_finish_impl(error_code&) override {}
};

} // namespace

std::optional<HeadLines> parse_head(std::string_view raw)
{
    Collector collector(raw);
    collector.header_limit(static_cast<std::uint32_t>(head_limit));
    collector.body_limit(boost::none);
    error_code error;
    collector.put(boost::asio::buffer(raw.data(), raw.size()), error);
    if ((error && error != beast::error::need_more) || !collector.is_header_done() || !collector.is_sound())
        return std::nullopt;
    return collector.take();
}

} // namespace http
