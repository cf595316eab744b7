#pragma once

#include "http/server/server.hpp"
#include "server/arrival/forwarding_notes.hpp"
#include "server/bodies/body_gate.hpp"
#include "server/lanes.hpp"
#include "server/services.hpp"
#include "server/watch/connections.hpp"
#include "server/watch/metrics.hpp"
#include "web/router.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace server {

/// Every request's way: static file or route → lane → session → token → access → handler → errors become pages →
/// headers.
class Pipeline final : public http::Application
{
  public:
    Pipeline(Services& services, const web::Router& router, Lanes& lanes);

    http::BodyPlan plan_body(const http::Request& head, std::uint64_t length) override;
    http::BodyPlan ask_about_body(const http::BodyQuestion& question, http::BodyPlan plan) override;
    bool run_question(std::function<void()> job) override;
    void handle(http::Request request, http::Responder respond) override;
    bool run_heavy(std::function<void()> job) override;
    http::Response plain_error(http::Status status, std::string_view text) override;
    void served(const http::Served& exchange) override;
    void refused(const http::Refused& client) override;

    /// The whole way for one request on the calling thread; what a lane runs, and what tests call. Counted as one that
    /// began at `begun`.
    http::Response answer(http::Request request, Metrics::SteadyClock::time_point begun = Metrics::SteadyClock::now());

    ForwardingNotes& forwarding_notes() { return forwarding_notes_; }

  private:
    http::Response answer_static(const http::Request& request) const;
    /// `route` becomes the one that fits, if any.
    http::Response answer_page(web::Context& ctx, const web::Route*& route);
    http::Response run(web::Context& ctx, const web::Match& match);
    http::Response enter(web::Context& ctx, const web::Match& match);
    void find_reader(web::Context& ctx);
    void find_session(web::Context& ctx);
    http::Response finish(web::Context& ctx, http::Response response) const;

    Services& services_;
    const web::Router& router_;
    Lanes& lanes_;
    ForwardingNotes forwarding_notes_;
    RefusalNotes refusals_;
    Metrics metrics_;
    BodyGate gate_;
};

} // namespace server
