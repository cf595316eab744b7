#include "jobs/mail_worker.hpp"

#include "base/log.hpp"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

namespace jobs {

namespace {

constexpr std::chrono::seconds tick{1};
/// While the server is not there.
constexpr std::chrono::seconds pause{30};

} // namespace

MailWorker::MailWorker(const web::Site& site, const mail::MailSettings& settings)
    : site_(site), settings_(settings), thread_([this](const std::stop_token& stop) { work(stop); })
{}

void MailWorker::work(const std::stop_token& stop)
{
    Mailer mailer(site_, settings_);
    const mail::GoesOn goes_on = [&] { return !stop.stop_requested(); };
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    std::chrono::seconds wait = tick;
    while (!stopped.wait_for(lock, stop, wait, [&] { return stop.stop_requested(); })) {
        wait = tick;
        try {
            if (site_.database.is_damaged() || !outbox::has_due(*site_.database.read(), site_.clock.now()))
                continue;
            // For these mails alone: a connection that idles longer is often closed by the server.
            const auto sender = mail::make_sender(settings_);
            if (mailer.send_due(*sender, goes_on).is_stopped)
                wait = pause;
        } catch (const std::exception& error) {
            base::log::warning(fmt::format("sending mail: {}", error.what()));
            wait = pause;
        }
    }
}

} // namespace jobs
