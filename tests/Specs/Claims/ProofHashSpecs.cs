using TreasureHunt.Contracts;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The stored hash of a proof.</summary>
public class ProofHashSpecs
{
    private const string Right = "under the old oak";

    [Fact]
    public void The_stored_hash_verifies_only_its_own_proof()
    {
        var hash = Proofs.Hash(Right, Ids.Fresh());

        Assert.True(Proofs.Verify(hash, Right));
        Assert.False(Proofs.Verify(hash, Right + " "));
        Assert.False(Proofs.Verify(hash with { Salt = UnderTheOldOak.Salt }, Right));
    }

    [Fact]
    public void Each_command_has_its_own_salt_and_a_retry_has_the_same_one()
    {
        var (one, other) = (Ids.Fresh(), Ids.Fresh());

        Assert.NotEqual(Proofs.Hash(Right, one).Hash, Proofs.Hash(Right, other).Hash);
        Assert.Equal(Proofs.Hash(Right, one), Proofs.Hash(Right, one));
    }
}
