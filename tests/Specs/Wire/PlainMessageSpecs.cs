using System.Text;
using TreasureHunt.Api.Admission;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>Messages of plain JSON: a claim, or a list of claims.</summary>
public class PlainMessageSpecs
{
    [Theory]
    [InlineData("""{"claims":[]}""", true)]
    [InlineData("""{"Claims":null}""", true)]
    [InlineData("""{"sender":{"claims":1},"x":[{}],"claims":[{"key":"1"}]}""", true)]
    [InlineData("""{"treasureId":"goose","playerId":"alice","key":"claims"}""", false)]
    [InlineData("""{"proof":{"claims":[]}}""", false)]
    [InlineData("{}", false)]
    [InlineData("[]", false)]
    [InlineData("7", false)]
    [InlineData("", false)]
    public void A_message_with_the_member_claims_is_a_list(string json, bool isList) =>
        Assert.Equal(isList, PlainJsonDeserializer.IsList(Encoding.UTF8.GetBytes(json)));
}
