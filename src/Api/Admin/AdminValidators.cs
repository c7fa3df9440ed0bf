using FluentValidation;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Admin;

public sealed class DraftHuntValidator : AbstractValidator<DraftHuntRequest>
{
    public DraftHuntValidator()
    {
        RuleFor(body => body.HuntId).Must(IdentifierRules.IsSlug).When(body => body.HuntId is not null).WithMessage(
            IdentifierRules.SlugRule);
        RuleFor(body => body.Name).NotEmpty().MaximumLength(AdminCommandRules.MaxName).Must(IdentifierRules.IsText).WithMessage(
            IdentifierRules.TextRule);
        RuleFor(body => body.OpensAt).NotNull();
        RuleFor(body => body.ClosesAt).NotNull().GreaterThan(body => body.OpensAt).WithMessage("must be later than opensAt");
        RuleFor(body => body.PlayerLimit).InclusiveBetween(1, AdminCommandRules.MaxAwards);
        RuleFor(body => body.AnnounceAt).LessThanOrEqualTo(body => body.OpensAt).WithMessage("must not be later than opensAt");
    }
}

public sealed class HideTreasureValidator : AbstractValidator<HideTreasureRequest>
{
    public HideTreasureValidator()
    {
        RuleFor(body => body.TreasureId).Must(IdentifierRules.IsSlug).When(body => body.TreasureId is not null).WithMessage(
            IdentifierRules.SlugRule);
        RuleFor(body => body.Name).NotEmpty().MaximumLength(AdminCommandRules.MaxName).Must(IdentifierRules.IsText).WithMessage(
            IdentifierRules.TextRule);
        RuleFor(body => body.Stock).NotNull().InclusiveBetween(0, AdminCommandRules.MaxStock);
        RuleFor(body => body.PerPlayer).InclusiveBetween(1, AdminCommandRules.MaxAwards);
        RuleFor(body => body.Proof).Length(1, IdentifierRules.MaxProof).Must(IdentifierRules.IsText).WithMessage(IdentifierRules.TextRule)
            .When(body => body.Proof is not null);
        RuleFor(body => body.Clues).Must(clues => clues is null or { Count: <= AdminCommandRules.MaxClues }).WithMessage(
            $"at most {AdminCommandRules.MaxClues} clues");
        RuleForEach(body => body.Clues).NotNull().SetValidator(new ClueValidator());
    }
}

public sealed class ClueValidator : AbstractValidator<ClueRequest>
{
    public ClueValidator()
    {
        RuleFor(body => body.Text).NotEmpty().MaximumLength(AdminCommandRules.MaxClueText).Must(IdentifierRules.IsText).WithMessage(
            IdentifierRules.TextRule);
        RuleFor(body => body.RevealAt).NotNull();
    }
}

public sealed class RestockValidator : AbstractValidator<RestockRequest>
{
    public RestockValidator() => RuleFor(body => body.Units).NotNull().InclusiveBetween(1, AdminCommandRules.MaxUnits);
}

public sealed class RevokeValidator : AbstractValidator<RevokeRequest>
{
    public RevokeValidator()
    {
        RuleFor(body => body.ClaimId).NotEmpty();
        RuleFor(body => body.Because).NotEmpty().MaximumLength(AdminCommandRules.MaxBecause).Must(IdentifierRules.IsText).WithMessage(
            IdentifierRules.TextRule);
    }
}
