#pragma once

#include "jobs/mailer.hpp"

#include <stop_token>
#include <thread>

namespace jobs {

/// A thread that looks for due mail every second and sends it, until it is destroyed: within some seconds, whatever the
/// server does. What goes wrong is in the log and tried again.
class MailWorker
{
  public:
    /// Both must outlive it; settings.is_on().
    MailWorker(const web::Site& site, const mail::MailSettings& settings);

  private:
    void work(const std::stop_token& stop);

    const web::Site& site_;
    const mail::MailSettings& settings_;
    std::jthread thread_;
};

} // namespace jobs
