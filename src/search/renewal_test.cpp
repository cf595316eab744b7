// Somebody with more service requests than one transaction should hold changes.

#include "actions/change_user.hpp"
#include "search/search.hpp"
#include "search/words.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using testing::IsEmpty;

class SearchRenewal : public testing::Test
{
  protected:
    void submit(int count)
    {
        for (int i = 0; i < count; ++i)
            site.submit(site.cast.mei, "Boiler is cold");
    }
    void change_email(std::string email)
    {
        site.database->write([&](db::Transaction& tx) {
            const auto mei = users::get_user(tx, site.cast.mei.user_id);
            ASSERT_TRUE(actions::change_contact(
                tx, site.act(site.cast.mei), {.phone = mei.phone, .email = email, .version = mei.version}));
        });
    }
    bool has_more() { return search::has_words_behind(*site.database->read()); }
    void renew()
    {
        last_ = site.database->write([&](db::Transaction& tx) { return search::store_words_behind(tx, last_); });
    }
    std::int64_t found(std::string_view words)
    {
        return static_cast<std::int64_t>(
            search::list_matches(*site.database->read(), {.search = std::string(words), .page_size = 1000}).size());
    }
    std::vector<ServiceRequestId> wrong() { return search::compare_words(*site.database->read()).wrong; }

    support::TestSite site;

  private:
    ServiceRequestId last_;
};

TEST_F(SearchRenewal, OfAFewIsDoneAtOnce)
{
    submit(20);
    change_email("newmail@example.com");

    EXPECT_FALSE(has_more());
    EXPECT_EQ(found("newmail"), 20);
}

TEST_F(SearchRenewal, OfManyIsDoneInPartsAndNothingIsLost)
{
    submit(250);
    change_email("newmail@quarry.org");
    EXPECT_TRUE(has_more());
    EXPECT_THAT(wrong(), IsEmpty()) << "those that wait are not wrong";

    renew();
    EXPECT_TRUE(has_more()) << "a kill here loses nothing: the rest is in the database";
    EXPECT_GT(found("newmail"), 0);
    while (has_more())
        renew();

    EXPECT_EQ(found("newmail"), 250);
    EXPECT_EQ(found("example"), 0);
    EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(SearchRenewal, AnotherChangeMeanwhileBeginsAnew)
{
    submit(150);
    change_email("second@example.com");
    renew();
    change_email("third@example.com");
    while (has_more())
        renew();

    EXPECT_EQ(found("third"), 150);
    EXPECT_EQ(found("second"), 0);
}

TEST_F(SearchRenewal, ACommentOfOneThatWaitsIsStoredWithIt)
{
    submit(30);
    change_email("newmail@quarry.org");
    site.database->write([&](db::Transaction& tx) {
        search::note_words_behind(tx, ServiceRequestId{1}, 7);
        search::note_words_behind(tx, ServiceRequestId{1}, -1);
    });
    while (has_more())
        renew();

    EXPECT_EQ(found("newmail"), 30);
    EXPECT_EQ(site.database.number("SELECT count(*) FROM service_search_behind"), 0);
}

TEST_F(SearchRenewal, OfAnAccountIsDoneInPartsToo)
{
    submit(60);
    site.database->write([&](db::Transaction& tx) {
        tx.apply("UPDATE service_account SET address = '2 Cliff Road' WHERE id = $1", site.cast.account_of_mei);
        search::update_search_words_of_account(tx, site.cast.account_of_mei);
    });
    while (has_more())
        renew();

    EXPECT_EQ(found("cliff"), 60);
    EXPECT_THAT(wrong(), IsEmpty());
}

} // namespace
