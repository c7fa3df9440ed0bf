using System.ComponentModel.DataAnnotations;

namespace TreasureHunt.Api.Http;

/// <summary>The origins whose pages may call this Api from a browser; section <c>Cors</c>.</summary>
public sealed class CorsOptions : IValidatableObject
{
    public const string Section = "Cors";

    /// <summary>Origins such as <c>https://shop.example</c>: scheme, host and optional port. Default: none.</summary>
    public string[] Origins { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Origins
        .Where(origin =>
            !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
                || uri.GetLeftPart(UriPartial.Authority) != origin)
        .Select(origin =>
            new ValidationResult(
                $"'{origin}' is no origin: scheme, host and optional port, in lower case and without a path.", [nameof(Origins)]));
}
