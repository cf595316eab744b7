#include "jobs/mail_worker.hpp"

#include "base/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <future>
#include <mutex>
#include <vector>

namespace jobs {

namespace {

constexpr std::chrono::seconds tick{1};
/// While the server is not there.
constexpr std::chrono::seconds pause{30};
constexpr std::size_t most_looked_for = most_connections * claimed_at_once;

using Sent = Mailer::Sent;

/// Over as many connections as are worth it for so many mails; the first error of any is thrown when all have ended.
Sent send_over_connections(
    const Mailer& mailer, const mail::MailSettings& settings, std::size_t due, const mail::GoesOn& goes_on)
{
    // For these mails alone: a connection that idles longer is often closed by the server.
    const auto send = [&] { return mailer.send_due(*mail::make_sender(settings), goes_on); };
    std::vector<std::future<Sent>> others;
    for (std::size_t i = 1; i < std::min(most_connections, due / claimed_at_once); ++i)
        others.push_back(std::async(std::launch::async, send));
    Sent all = send();
    for (std::future<Sent>& other : others) {
        const Sent sent = other.get();
        all.accepted += sent.accepted;
        all.is_stopped = all.is_stopped || sent.is_stopped;
    }
    return all;
}

} // namespace

MailWorker::MailWorker(const web::Site& site, const mail::MailSettings& settings)
    : site_(site), settings_(settings), thread_([this](const std::stop_token& stop) { work(stop); })
{}

void MailWorker::work(const std::stop_token& stop)
{
    const Mailer mailer(site_, settings_);
    const mail::GoesOn goes_on = [&] { return !stop.stop_requested(); };
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    std::chrono::seconds wait = tick;
    while (!stopped.wait_for(lock, stop, wait, [&] { return stop.stop_requested(); })) {
        wait = tick;
        try {
            const auto due = site_.database.is_damaged()
                                 ? 0
                                 : outbox::count_due(*site_.database.read(), site_.clock.now(), most_looked_for);
            if (due > 0 && send_over_connections(mailer, settings_, due, goes_on).is_stopped)
                wait = pause;
        } catch (const std::exception& error) {
            base::log::warning(fmt::format("sending mail: {}", error.what()));
            wait = pause;
        }
    }
}

} // namespace jobs
