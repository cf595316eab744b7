#pragma once

#include "server/lanes.hpp"
#include "server/pipeline.hpp"
#include "server/services.hpp"
#include "service_requests/service_request.hpp"
#include "support/cast.hpp"
#include "support/fake_clock.hpp"
#include "support/lossy_database.hpp"
#include "support/test_database.hpp"
#include "web/forms/form.hpp"
#include "web/page_language.hpp"
#include "web/router.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace support {

/// A whole site over a fresh database with the cast, answered on the calling thread: everything but the sockets and the
/// dispatcher of live pages. It speaks the languages of the site and, to "Accept-Language: en-XA", the
/// language of the tests.
class TestSite
{
  public:
    TestSite();
    /// With the store that `make` makes in a directory.
    using MakeStore = std::function<std::unique_ptr<storage::Store>(const std::filesystem::path&)>;
    explicit TestSite(const MakeStore& make);

    FakeClock clock;
    TestDatabase database;
    /// The same one as the pages see it.
    LossyDatabase lossy;
    Cast cast;

    server::Services& services() { return services_; }
    const web::Site& site() const { return site_; }
    /// As with runserver --rehearsal: pages say so.
    void rehearse() { site_.names.is_rehearsal = true; }
    /// What the utility decides; a test may change it.
    web::SiteRules& rules() { return site_.rules; }
    const web::PageLanguage& english() const { return languages_.preferred(""); }
    /// The whole pipeline for one request.
    http::Response answer(http::Request request) { return pipeline_.answer(std::move(request)); }
    /// A finished upload, as the server hands it over.
    http::UploadedFile upload(std::string_view name, std::string_view bytes);

    /// What somebody does now.
    base::Act act(const base::Visitor& by) const { return {.visitor = by, .at = clock.now()}; }
    /// Somebody's service request, submitted now.
    ServiceRequestId submit(
        const base::Visitor& by, std::string_view description, std::string_view slug = "maintenance");
    /// "ravi: A gas leak was reported: SR-00001" for each notification, by user name and then in order of time.
    std::vector<std::string> notifications() const;
    /// How many files lie in the store, kept ones and unfinished ones.
    std::size_t count_files() const;

  private:
    base::Zone zone_;
    web::PageLanguages languages_;
    std::unique_ptr<storage::Store> attachments_;
    web::LiveHub live_;
    web::Site site_;
    server::Services services_;
    web::Router router_;
    server::Lanes lanes_;
    server::Pipeline pipeline_;
};

/// What a client got.
struct Answer
{
    int status = 0;
    std::string body;
    std::string content_type;
    std::vector<std::pair<std::string, std::string>> headers;

    /// The header's value, empty when absent; names as written by us.
    std::string header(std::string_view name) const;
    std::string location() const { return header("Location"); }
    /// The value of the page's first input with this name, as a browser would send it; empty when there is none.
    std::string input(std::string_view name) const;
};

/// One browser: keeps cookies, sends the form token it was last given unless told otherwise.
class Client
{
  public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    explicit Client(TestSite& site) : site_(site) {}

    /// Begins a session directly, without the sign-in page.
    Client& sign_in_as(const base::Visitor& visitor);
    Answer get(std::string_view target);
    /// With a valid form token.
    Answer post(std::string_view path, Fields fields, std::vector<http::UploadedFile> files = {});
    /// The answer as the pipeline gave it, for bodies that are streams; cookies are sent but not kept.
    http::Response ask(http::Method method, std::string_view target);
    /// Exactly these fields; for a missing or foreign token.
    Answer post_without_token(std::string_view path, Fields fields);
    /// From where every request comes from now on.
    void set_address(std::string address) { address_ = std::move(address); }
    /// Sent with every request from now on, by lower-case name.
    void set_header(std::string name, std::string value) { headers_[std::move(name)] = std::move(value); }
    void set_cookie(const std::string& name, std::string value) { cookies_[name] = std::move(value); }
    /// For the next post: what the server found wrong with the body.
    void set_fault(http::BodyFault fault) { fault_ = fault; }
    const std::string& cookie(const std::string& name) { return cookies_[name]; }
    void forget_cookies() { cookies_.clear(); }
    /// The cookie is still there, but the server knows no session for it any more.
    void end_session() { cookies_["gu_session"] = "ended"; }
    /// The sign-in page's form, for one of the cast.
    Answer sign_in_again(std::string_view username, std::string next = "/");
    /// What the browser's forms say about the user they are drawn for.
    const std::string& seal() const { return seal_; }

  private:
    Answer send(http::Request request);
    http::Request request(http::Method method, std::string_view target) const;

    TestSite& site_;
    std::string address_ = "127.0.0.1";
    std::map<std::string, std::string> cookies_;
    std::map<std::string, std::string> headers_;
    /// Of the user for whom the last page was drawn.
    std::string seal_;
    http::BodyFault fault_ = http::BodyFault::None;
};

/// The smallest PNG there is: one pixel.
std::string tiny_png();

} // namespace support
