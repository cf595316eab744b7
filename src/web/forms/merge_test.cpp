#include "web/forms/merge.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

/// A form with one field that was made from version 1 and showed "old".
struct Tried
{
    std::string typed;
    bool has_clash;
    web::Fields shown;
};

Tried save(const web::Fields& form, std::string typed, const std::string& saved, std::int64_t version = 2)
{
    web::FormErrors errors;
    web::Merge merge(form, version, errors);
    merge.field("phone", typed, saved);
    return {std::move(typed), merge.has_clash(), {{"shown", merge.shown()}}};
}

const web::Fields untouched = {{"phone", "old"}, {"version", "1"}, {"shown", "phone=old"}};
const web::Fields touched = {{"phone", "mine"}, {"version", "1"}, {"shown", "phone=old"}};
const web::Fields without_shown = {{"phone", "mine"}, {"version", "1"}};

TEST(Merge, AnUntouchedFieldKeepsWhatIsSaved)
{
    const Tried tried = save(untouched, "normalized old", "theirs");
    EXPECT_EQ(tried.typed, "theirs");
    EXPECT_FALSE(tried.has_clash);
    EXPECT_EQ(tried.shown.front().second, "phone=theirs");
}

TEST(Merge, TwoChangesOfOneFieldClashUnlessTheyAreTheSame)
{
    EXPECT_TRUE(save(touched, "mine", "theirs").has_clash);
    EXPECT_FALSE(save(touched, "mine", "mine").has_clash);
    EXPECT_FALSE(save(touched, "mine", "old").has_clash);
    EXPECT_EQ(save(touched, "mine", "old").typed, "mine");
}

TEST(Merge, AClashStaysOneWhenTheFormIsDrawnAgain)
{
    web::Fields again = save(touched, "mine", "theirs").shown;
    again.insert(again.end(), {{"phone", "mine"}, {"version", "1"}});
    EXPECT_TRUE(save(again, "mine", "theirs").has_clash);
}

TEST(Merge, AFormThatDoesNotSayWhatItShowedClashesWhereItDiffers)
{
    EXPECT_TRUE(save(without_shown, "mine", "old").has_clash);
    EXPECT_FALSE(save(without_shown, "mine", "mine").has_clash);
    EXPECT_FALSE(save(without_shown, "mine", "old", 1).has_clash);
    EXPECT_EQ(save(without_shown, "mine", "old", 1).shown.front().second, "");
}

TEST(Merge, AnErrorOfAnUntouchedFieldIsForgotten)
{
    web::FormErrors errors;
    errors.add("phone", base::Text("Enter a phone number."));
    errors.add("email", base::Text("Enter an email."));
    web::Merge merge(untouched, 1, errors);
    std::string typed = "old";
    merge.field("phone", typed, "old");
    ASSERT_EQ(errors.all().size(), 1U);
    EXPECT_EQ(errors.all().front().field, "email");
}

} // namespace
