#pragma once
// server/bodies/ decides what may be read of a form before any of it is read: route, session and right come first, then
// the room that there is. Nothing but fields in memory is kept of anybody else's body, and no leak report is refused.

#include "http/server/server.hpp"
#include "server/bodies/upload_budget.hpp"
#include "server/services.hpp"
#include "web/router.hpp"

namespace server {

/// Ten files with their previews; the sentences of web/forms/upload.cpp and of the error page say it too.
inline constexpr std::uint64_t most_of_files = std::uint64_t{128} << 20U;

/// The least role for a level of access; Customer for those that need none.
base::Role least_role(web::Access access);
/// True for the two forms by which a leak is reported, whoever sends them.
bool takes_leak_reports(const web::Route& route);

/// Makes the plan of each body. Any thread.
class BodyGate
{
  public:
    BodyGate(const Services& services, const web::Router& router) : services_(services), router_(router) {}

    /// By the route alone, without waiting for anything.
    http::BodyPlan plan(const http::Request& head, std::uint64_t length) const;
    /// For a form with files: whether they may be stored. Reads the session.
    http::BodyPlan ask(const http::BodyQuestion& question, http::BodyPlan plan);

  private:
    bool may_send(const http::Request& head, const web::Route& route, std::vector<UploadBudget::Share>& shares) const;

    const Services& services_;
    const web::Router& router_;
    UploadBudget budget_;
};

} // namespace server
